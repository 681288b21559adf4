using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Tables;

/// <summary>Removes rules at the very moment their idle or hard timeout is over.</summary>
/// <remarks>Threading: the loop's. A rule waits once in the queue, however often packets push its idle
/// deadline back: when its old deadline comes it is put back for the new one.</remarks>
internal sealed class FlowExpiry
{
    private const int StaleCountMin = 1024;

    private readonly EmulationContext _context;
    private readonly Action<FlowEntry, FlowRemovedReason> _expire;
    private readonly Alarm _alarm;
    private PriorityQueue<FlowEntry, (long DueTicks, long Order)> _queue = new();
    private long _order;
    private int _staleCount;

    public FlowExpiry(EmulationContext context, Action<FlowEntry, FlowRemovedReason> expire)
    {
        _context = context;
        _expire = expire;
        _alarm = new Alarm(context, ExpireDue);
    }

    public void Watch(FlowEntry entry)
    {
        if (entry.DeadlineTicks == long.MaxValue) return;
        _queue.Enqueue(entry, (entry.DeadlineTicks, ++_order));
        Arm();
    }

    /// <summary>The entry went by another way; it leaves the queue at its deadline, or when many have
    /// gone.</summary>
    public void Forget(FlowEntry entry)
    {
        if (entry.DeadlineTicks == long.MaxValue) return;
        if (++_staleCount < StaleCountMin + (_queue.Count / 2)) return;
        _queue = new PriorityQueue<FlowEntry, (long DueTicks, long Order)>(
            _queue.UnorderedItems.Where(item => !item.Element.IsRemoved));
        _staleCount = 0;
    }

    private void ExpireDue()
    {
        long now = _context.NowTicks;
        while (_queue.TryPeek(out FlowEntry? entry, out (long DueTicks, long Order) due)
            && due.DueTicks <= now)
        {
            _queue.Dequeue();
            if (entry.IsRemoved) _staleCount = Math.Max(0, _staleCount - 1);
            else if (entry.DeadlineTicks > now) _queue.Enqueue(entry, (entry.DeadlineTicks, due.Order));
            else _expire(entry, ReasonOf(entry, now));
        }
        Arm();
    }

    private void Arm()
    {
        if (_queue.TryPeek(out _, out (long DueTicks, long Order) due)) _alarm.SetAt(due.DueTicks);
    }

    private static FlowRemovedReason ReasonOf(FlowEntry entry, long now) =>
        entry.HardDeadlineTicks <= now ? FlowRemovedReason.HardTimeout : FlowRemovedReason.IdleTimeout;
}
