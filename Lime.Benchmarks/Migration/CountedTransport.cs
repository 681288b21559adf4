using System.Buffers;
using System.IO.Pipelines;

namespace Lime.Benchmarks.Migration;

/// <summary>A transport whose messages are counted, both ways.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class CountedTransport : IDuplexPipe
{
    private readonly IDuplexPipe _inner;
    private readonly CountingReader _input;
    private readonly CountingWriter _output;

    public CountedTransport(IDuplexPipe inner)
    {
        _inner = inner;
        _input = new CountingReader(inner.Input);
        _output = new CountingWriter(inner.Output);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>Messages so far, received and sent.</summary>
    public long Messages => _input.Frames.Messages + _output.Frames.Messages;

    public override string ToString() => $"{_inner}: {Messages} messages";

    private sealed class CountingReader(PipeReader inner) : PipeReader
    {
        private ReadOnlySequence<byte> _last;

        public FrameCount Frames { get; } = new();

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            foreach (ReadOnlyMemory<byte> each in _last.Slice(0, consumed)) Frames.Take(each.Span);
            _last = default;
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            ReadResult result = await inner.ReadAsync(cancellationToken);
            _last = result.Buffer;
            return result;
        }

        public override bool TryRead(out ReadResult result)
        {
            bool isRead = inner.TryRead(out result);
            if (isRead) _last = result.Buffer;
            return isRead;
        }
    }

    private sealed class CountingWriter(PipeWriter inner) : PipeWriter
    {
        private Memory<byte> _given;

        public FrameCount Frames { get; } = new();

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            Frames.Take(_given.Span[..bytes]);
            _given = _given[bytes..];
            inner.Advance(bytes);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
