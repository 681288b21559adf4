using System.IO.Pipelines;

namespace Lime.Core.Hosting;

/// <summary>Lets in so many handshakes at once and no more, so that a whole fleet that connects in one moment
/// completes, each switch in its time; the others wait in order of their coming.</summary>
/// <remarks>A handshake's time limit counts from its start, not from its waiting. A peer that connects and says
/// nothing keeps others waiting for <see cref="Patience"/> only; its own time limit is the channel's.
/// Bound of those that wait: the process's open files. Threading: the owner loop's.</remarks>
internal sealed class HandshakeGate(int countMax, TimeProvider time, Action<IDuplexPipe, HandshakePlace> start)
{
    /// <summary>Some round trips of a wide-area network; a switch that takes longer goes on without a
    /// place.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Queue<IDuplexPipe> _waiting = new();
    private int _inProgress;
    private bool _isPumping;
    private bool _isClosed;

    /// <summary>Connections that wait for their handshake to start.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Starts a connection's handshake, now or when there is a place.</summary>
    public void Enter(IDuplexPipe transport)
    {
        if (_isClosed)
        {
            Discard(transport);
            return;
        }
        _waiting.Enqueue(transport);
        Pump();
    }

    /// <summary>Closes those that wait, and whoever comes later.</summary>
    public void Close()
    {
        _isClosed = true;
        while (_waiting.TryDequeue(out IDuplexPipe? transport)) Discard(transport);
    }

    /// <summary>A loop, not a recursion: a connection that is dead already leaves its place while it
    /// starts.</summary>
    private void Pump()
    {
        if (_isPumping) return;
        _isPumping = true;
        try
        {
            while (_inProgress < countMax && _waiting.TryDequeue(out IDuplexPipe? transport))
            {
                _inProgress++;
                start(transport, new HandshakePlace(Left, time, Patience));
            }
        }
        finally
        {
            _isPumping = false;
        }
    }

    private void Left()
    {
        _inProgress--;
        Pump();
    }

    private static void Discard(IDuplexPipe transport)
    {
        transport.Input.Complete();
        transport.Output.Complete();
        (transport as IDisposable)?.Dispose();
    }
}
