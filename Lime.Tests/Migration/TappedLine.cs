using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Lime.Core.Hosting;

namespace Lime.Tests.Migration;

/// <summary>One control channel whose messages are looked at one by one; the controller's end.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class TappedLine : IDuplexPipe
{
    private readonly IDuplexPipe _inner;
    private readonly Func<bool, ReadOnlySequence<byte>, TappedMessage?> _take;
    private readonly Action<TappedMessage> _passed;
    private readonly Pipe _toController;
    private readonly Pipe _toSwitch;
    private bool _isCut;

    public TappedLine(
        EventLoop loop,
        IDuplexPipe inner,
        Func<bool, ReadOnlySequence<byte>, TappedMessage?> take,
        Action<TappedMessage> passed)
    {
        _inner = inner;
        _take = take;
        _passed = passed;
        var options = new PipeOptions(
            readerScheduler: loop.Scheduler, writerScheduler: loop.Scheduler, useSynchronizationContext: false);
        _toController = new Pipe(options);
        _toSwitch = new Pipe(options);
        _ = PumpAsync(inner.Input, _toController.Writer, isToSwitch: false);
        _ = PumpAsync(_toSwitch.Reader, inner.Output, isToSwitch: true);
    }

    public PipeReader Input => _toController.Reader;

    public PipeWriter Output => _toSwitch.Writer;

    public void Cut()
    {
        _isCut = true;
        _inner.Input.CancelPendingRead();
        _toSwitch.Reader.CancelPendingRead();
    }

    private async Task PumpAsync(PipeReader from, PipeWriter to, bool isToSwitch)
    {
        while (!_isCut)
        {
            ReadResult result = await from.ReadAsync().ConfigureAwait(false);
            ReadOnlySequence<byte> rest = result.Buffer;
            while (!_isCut && TryTake(ref rest, out ReadOnlySequence<byte> frame))
            {
                if (_take(isToSwitch, frame) is not { } message) continue;
                foreach (ReadOnlyMemory<byte> part in frame) to.Write(part.Span);
                await to.FlushAsync().ConfigureAwait(false);
                _passed(message);
            }
            from.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted) break;
        }
        await from.CompleteAsync().ConfigureAwait(false);
        await to.CompleteAsync().ConfigureAwait(false);
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (rest.Length < 8) return false;
        Span<byte> head = stackalloc byte[4];
        rest.Slice(0, 4).CopyTo(head);
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
        if (rest.Length < length) return false;
        frame = rest.Slice(0, length);
        rest = rest.Slice(length);
        return true;
    }
}
