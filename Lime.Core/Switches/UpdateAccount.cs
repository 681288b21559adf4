using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>What updates cost while several instances live, held against budgets.</summary>
/// <remarks>Life cycle: one a migration; ends with <see cref="Close"/>. A budget that is exceeded is told of once.
/// Threading: the owner loop's.</remarks>
/// <param name="loop">Whose clock it goes by.</param>
/// <param name="budgets">What may be spent; null: anything.</param>
/// <param name="exceeded">Told which budget is exceeded, in a sentence.</param>
/// <param name="changed">Told of the costs after each transaction.</param>
internal sealed class UpdateAccount(
    LoopAccess loop, UpdateBudgets? budgets, Action<string> exceeded, Action<UpdateCosts> changed)
{
    private ITimer? _watch;
    private bool _isExceeded;
    private long _beginTicks;
    private long _firstHeldTicks;
    private int _heldNow;
    private long _heldBytesNow;
    private long _secondTicks = long.MinValue / 2;
    private int _packetInsInSecond;

    /// <summary>The account of nobody's updates.</summary>
    public static UpdateAccount Unwatched(LoopAccess loop) => new(loop, null, static _ => { }, static _ => { });

    public UpdateCosts Costs { get; private set; } = new();

    /// <summary>A transaction begins.</summary>
    public void Begin()
    {
        _beginTicks = loop.NowTicks;
        if (budgets is null) return;
        _watch ??= loop.Time.CreateTimer(
            static state => ((UpdateAccount)state!).TimeIsOver(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _watch.Change(budgets.UpdateTimeMax, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The transaction is over.</summary>
    /// <param name="messages">Flow-mods and barriers that were sent for it.</param>
    public void End(long messages)
    {
        _watch?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        TimeSpan time = TimeSpan.FromTicks(loop.NowTicks - _beginTicks);
        Costs = Costs with
        {
            Transactions = Costs.Transactions + 1,
            Messages = Costs.Messages + messages,
            UpdateTime = Costs.UpdateTime + time,
            UpdateTimeMax = Max(Costs.UpdateTimeMax, time),
        };
        changed(Costs);
    }

    /// <summary>Rules are changed, some of them without a guard.</summary>
    public void RulesAreChanged(int guarded, int commuting) => Costs = Costs with
    {
        Updates = Costs.Updates + guarded + commuting,
        GuardedUpdates = Costs.GuardedUpdates + guarded,
        CommutingUpdates = Costs.CommutingUpdates + commuting,
    };

    /// <summary>Rules are changed while one instance carries all traffic.</summary>
    public void RulesAreChangedAside(int count) => Costs = Costs with
    {
        Updates = Costs.Updates + count,
        DetouredUpdates = Costs.DetouredUpdates + count,
    };

    public void TrafficWasSteered() => Costs = Costs with { Detours = Costs.Detours + 1 };

    public void PacketWasHeld(int bytes)
    {
        if (_heldNow == 0) _firstHeldTicks = loop.NowTicks;
        _heldNow++;
        _heldBytesNow += bytes;
        Costs = Costs with { HeldPackets = Costs.HeldPackets + 1, HeldBytes = Costs.HeldBytes + bytes };
        PacketCame();
        if (_heldNow > budgets?.HeldPacketsMax)
            Exceed($"more than {budgets.HeldPacketsMax} packets are held");
        else if (_heldBytesNow > budgets?.HeldBytesMax)
            Exceed($"more than {budgets.HeldBytesMax} bytes of packets are held");
    }

    /// <summary>A packet of a guard that is gone.</summary>
    public void PacketCameLate()
    {
        Costs = Costs with { OvertakenPacketsMax = Costs.OvertakenPacketsMax + 1 };
        PacketCame();
    }

    /// <summary>A packet of a guard found no room.</summary>
    public void PacketFoundNoRoom()
    {
        PacketsWereLost(1);
        PacketCame();
    }

    public void PacketsWereLost(long count) =>
        Costs = Costs with { LostPackets = Costs.LostPackets + count };

    /// <summary>What was held leaves now, behind the barrier that confirms the new rule.</summary>
    public void HeldAreReleased()
    {
        if (_heldNow == 0) return;
        Costs = Costs with
        {
            OvertakenPacketsMax = Costs.OvertakenPacketsMax + _heldNow,
            HeldTimeMax = Max(Costs.HeldTimeMax, TimeSpan.FromTicks(loop.NowTicks - _firstHeldTicks)),
        };
        _heldNow = 0;
        _heldBytesNow = 0;
    }

    /// <summary>Nothing is watched any more.</summary>
    public void Close()
    {
        _isExceeded = true;
        _watch?.Dispose();
        _watch = null;
        changed(Costs);
    }

    private void PacketCame()
    {
        Costs = Costs with { GuardPacketIns = Costs.GuardPacketIns + 1 };
        long nowTicks = loop.NowTicks;
        if (nowTicks - _secondTicks >= TimeSpan.TicksPerSecond)
        {
            _secondTicks = nowTicks;
            _packetInsInSecond = 0;
        }
        if (++_packetInsInSecond > budgets?.GuardPacketInsPerSecondMax)
            Exceed($"guards send more than {budgets.GuardPacketInsPerSecondMax} packets a second to the controller");
    }

    private void TimeIsOver() => Exceed($"an update takes longer than {budgets!.UpdateTimeMax.TotalSeconds:0.###} s");

    private void Exceed(string what)
    {
        if (_isExceeded) return;
        _isExceeded = true;
        exceeded($"The budget of updates is exceeded: {what}.");
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
