namespace Lime.Tests.Sample;

/// <summary>A writer that tells when a line has been written.</summary>
internal sealed class WatchedWriter : StringWriter
{
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    /// <summary>The first line, written or yet to be, that contains <paramref name="text"/>.</summary>
    public async Task<string> LineAsync(string text)
    {
        Task<string> seen;
        lock (_gate)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } line) return line;
            var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, source));
            seen = source.Task;
        }
        try
        {
            return await seen.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No line with '{text}' in 20 s; there were:\n{this}");
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            base.WriteLine(value);
            _lines.Add(value ?? "");
            foreach ((string text, TaskCompletionSource<string> seen) in _awaited)
            {
                if (value?.Contains(text, StringComparison.Ordinal) == true) seen.TrySetResult(value);
            }
        }
    }

    public override string ToString()
    {
        lock (_gate) return base.ToString();
    }
}
