namespace Lime.Core.Emulation.Control;

/// <summary>The switch's agent takes control messages strictly in order, and flow-mods at its own
/// rate.</summary>
/// <remarks>Threading: the loop's. A flow-mod takes effect at the end of its time; whatever comes behind it
/// waits, so a barrier is answered only after all that came before took effect.</remarks>
internal sealed class ControlQueue
{
    /// <summary>Time is kept a thousand times finer than ticks, so that rates don't drift by
    /// rounding.</summary>
    private const double FinePerTick = 1000;

    private readonly EmulationContext _context;
    private readonly Action<ControlMessage> _process;
    private readonly Func<ControlMessage, int> _flowModsOf;
    private readonly Queue<ControlMessage> _waiting = new();
    private readonly Alarm _headDone;
    private readonly long _flowModFine;
    private long _freeFine;
    private long? _headDueTicks;
    private bool _isStalled;
    private bool _isRunning;

    /// <param name="context">Clock and loop.</param>
    /// <param name="flowModsPerSecond">The rate; 0: they take no time.</param>
    /// <param name="flowModsOf">How many flow-mods a message does: a bundle many at once.</param>
    /// <param name="process">Does a message.</param>
    public ControlQueue(
        EmulationContext context,
        double flowModsPerSecond,
        Func<ControlMessage, int> flowModsOf,
        Action<ControlMessage> process)
    {
        _context = context;
        _flowModsOf = flowModsOf;
        _process = process;
        _headDone = new Alarm(context, Run);
        _flowModFine = flowModsPerSecond == 0
            ? 0
            : (long)Math.Round(TimeSpan.TicksPerSecond * FinePerTick / flowModsPerSecond);
    }

    public int Count => _waiting.Count;

    public void Submit(ControlMessage message)
    {
        if (_waiting.Count == 0) BeginNow();
        _waiting.Enqueue(message);
        if (!_isRunning && !_headDone.IsSet) Run();
    }

    public void Stall(bool isStalled)
    {
        if (_isStalled == isStalled) return;
        _isStalled = isStalled;
        _headDone.Clear();
        _headDueTicks = null;
        if (isStalled) return;
        BeginNow();
        Run();
    }

    public void Clear()
    {
        _waiting.Clear();
        _headDone.Clear();
        _headDueTicks = null;
    }

    private void BeginNow() => _freeFine = Math.Max(_freeFine, _context.NowTicks * (long)FinePerTick);

    private void Run()
    {
        _isRunning = true;
        RunDue();
        _isRunning = false;
    }

    private void RunDue()
    {
        while (!_isStalled && _waiting.TryPeek(out ControlMessage? message))
        {
            long dueTicks = _headDueTicks ??= DueTicks(message);
            if (dueTicks > _context.NowTicks)
            {
                _headDone.SetAt(dueTicks);
                return;
            }
            _headDueTicks = null;
            _waiting.Dequeue();
            _process(message);
        }
    }

    private long DueTicks(ControlMessage message)
    {
        int flowModCount = _flowModFine == 0 ? 0 : _flowModsOf(message);
        if (flowModCount == 0) return 0;
        _freeFine += flowModCount * _flowModFine;
        return (_freeFine + (long)FinePerTick - 1) / (long)FinePerTick;
    }
}
