using Microsoft.Extensions.Logging;

namespace Lime.Apps.Sample.Serving;

/// <summary>Logs one line an entry: time, level, category, message.</summary>
internal sealed class LineLoggerProvider(LineQueue lines, TimeProvider time) : ILoggerProvider
{
    public static ILoggerFactory CreateFactory(LineQueue lines) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddProvider(new LineLoggerProvider(lines, TimeProvider.System)));

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    /// <summary>The queue is its maker's.</summary>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message)
    {
        // What a switch sends (names, error texts) ends up in messages: it must not forge lines or move the
        // cursor.
        string oneLine = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));
        lines.Write($"{time.GetLocalNow():HH:mm:ss.fff} {Word(level)} {category}: {oneLine}");
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            string cause = exception is null ? "" : $" ({exception})";
            provider.Write(logLevel, category, formatter(state, exception) + cause);
        }
    }
}
