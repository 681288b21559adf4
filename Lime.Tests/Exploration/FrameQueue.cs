namespace Lime.Tests.Exploration;

/// <summary>Frames, or control messages, on their way from one place to another: the first one arrives when it is told
/// to, and no sooner. While the queue is open everything arrives at once.</summary>
internal sealed class FrameQueue(string name, StepClock clock, Action<byte[]> deliver)
{
    private readonly Queue<(byte[] Bytes, int SentAt)> _waiting = new();
    private readonly List<(int SentAt, int ArrivedAt)> _arrived = [];

    public string Name { get; } = name;

    public bool IsOpen { get; set; } = true;

    public int Count => _waiting.Count;

    /// <summary>How many have been sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The step that sent the first one that waits.</summary>
    public int FirstSentAt => _waiting.Peek().SentAt;

    public byte[] First => _waiting.Peek().Bytes;

    /// <summary>The latest step in which one arrived; -1: none.</summary>
    public int LastArrivedAt { get; private set; } = -1;

    public void Send(byte[] bytes)
    {
        Sent++;
        if (IsOpen) deliver(bytes);
        else _waiting.Enqueue((bytes, clock.Step));
    }

    public void Deliver()
    {
        LastArrivedAt = clock.Step;
        (byte[] bytes, int sentAt) = _waiting.Dequeue();
        _arrived.Add((sentAt, clock.Step));
        deliver(bytes);
    }

    /// <summary>Whether something waits that was sent at a step or before.</summary>
    public bool HoldsOf(int step) => _waiting.Count > 0 && FirstSentAt <= step;

    /// <summary>The step in which the last one arrived that was sent at a step or before; -1: none was.</summary>
    public int LastArrivalOf(int step) => _arrived.FindLast(each => each.SentAt <= step) is { ArrivedAt: > 0 } last
        ? last.ArrivedAt
        : -1;

    /// <summary>Lets everything through, what waits first.</summary>
    public void Open()
    {
        while (_waiting.Count > 0) Deliver();
        IsOpen = true;
    }
}
