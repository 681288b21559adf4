using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>While two instances live each has a share of every meter's rate, so that together they keep it (H-61). Once
/// a second the shares follow what the meters were asked to pass.</summary>
/// <remarks>A share is lessened, and that confirmed, before the other grows. What apps see of a meter is theirs: its
/// configuration from the shadow table, its counters as sums, though a switch may begin them anew when it is changed.
/// Life cycle: <see cref="BeginAsync"/> before a clone is filled, <see cref="End"/> when one instance is left; a
/// meter is given back whole once what was kept back has made up for its burst. Threading: the owner loop's.</remarks>
internal sealed class MeterShares(VirtualSwitch virtualSwitch)
{
    /// <summary>The clone begins with little: traffic has yet to come to it.</summary>
    private const double FirstPart = 0.75;

    /// <summary>No share is less: an instance without traffic may have some in a moment.</summary>
    private const double LeastPart = 1.0 / 16;

    private readonly Dictionary<MeterId, double> _parts = [];
    private readonly Dictionary<(Instance, MeterId), ulong> _asked = [];
    private Instance? _first;
    private ITimer? _timer;
    private bool _isBalancing;
    private long _changedTicks;
    private int _generation;

    /// <summary>Whether rates are divided at present.</summary>
    public bool IsOn { get; private set; }

    /// <summary>How often shares were changed.</summary>
    public long Rebalances { get; private set; }

    public async Task BeginAsync(Instance source)
    {
        _generation++;
        _first = source;
        _parts.Clear();
        _asked.Clear();
        IsOn = true;
        _timer ??= virtualSwitch.Loop.Time.CreateTimer(
            static state => ((MeterShares)state!).Balance(), this, MeterDivision.Interval, MeterDivision.Interval);
        if (virtualSwitch.Meters.Count == 0) return;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            await ChangeAsync(source, [.. virtualSwitch.Meters.InOrder]);
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    /// <summary>One instance is left.</summary>
    public void End(Instance staying)
    {
        if (!IsOn) return;
        IsOn = false;
        _timer?.Dispose();
        _timer = null;
        if (virtualSwitch.Meters.Count > 0) _ = GiveBackAsync(staying, ++_generation);
    }

    /// <summary>What a command on a meter is at an instance.</summary>
    public MeterMod For(Instance instance, MeterMod mod) =>
        IsOn ? MeterDivision.Divide(mod, PartOf(instance, mod.Meter)) : mod;

    private double PartOf(Instance instance, MeterId meter)
    {
        double first = _parts.GetValueOrDefault(meter, FirstPart);
        return instance == _first ? first : 1 - first;
    }

    private async Task GiveBackAsync(Instance staying, int generation)
    {
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
        {
            long endedTicks = virtualSwitch.Loop.NowTicks;
            TimeSpan left = TimeSpan.FromTicks(_changedTicks - endedTicks)
                + MeterDivision.TimeToMakeUp(meter.Flags, meter.Bands);
            if (left > TimeSpan.Zero) await virtualSwitch.Loop.WaitAsync(left, CancellationToken.None);
            if (generation != _generation) return;
            // The app may have deleted it meanwhile, or changed it, and so given it back by itself.
            bool isLeft = virtualSwitch.Meters.Find(meter.Id) == meter && meter.ChangedTicks <= endedTicks;
            if (!isLeft || !staying.Physical.IsConnected) continue;
            await virtualSwitch.CounterGate.EnterAsync();
            try
            {
                if (generation == _generation) await ChangeAsync(staying, [meter]);
            }
            finally
            {
                virtualSwitch.CounterGate.Leave();
            }
        }
    }

    private void Balance()
    {
        bool canAsk = IsOn && !_isBalancing && virtualSwitch.Live.Count == 2 && virtualSwitch.Meters.Count > 0
            && virtualSwitch.Live.TrueForAll(each => each.Physical.IsConnected);
        if (canAsk) _ = BalanceAsync([.. virtualSwitch.Live]);
    }

    private async Task BalanceAsync(Instance[] instances)
    {
        _isBalancing = true;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            var asked = new Dictionary<MeterId, (ulong First, ulong Second)>();
            foreach (Instance instance in instances)
            {
                foreach (MeterStatistics each in await ResourceStatistics.ReadMetersAsync(instance))
                {
                    ulong since = Since(instance, each);
                    (ulong first, ulong second) = asked.GetValueOrDefault(each.Meter);
                    asked[each.Meter] = instance == _first ? (first + since, second) : (first, second + since);
                }
            }
            if (IsOn) await ShiftAsync(instances, asked);
        }
        catch (OpenFlowRequestException)
        {
            // An instance that doesn't answer is the migration's business; the shares stay as they are.
            _asked.Clear();
        }
        finally
        {
            _isBalancing = false;
            virtualSwitch.CounterGate.Leave();
        }
    }

    private ulong Since(Instance instance, MeterStatistics now)
    {
        ulong before = _asked.GetValueOrDefault((instance, now.Meter));
        _asked[(instance, now.Meter)] = now.ByteCount;
        return now.ByteCount >= before ? now.ByteCount - before : now.ByteCount;
    }

    /// <summary>Which instance's share is to grow is known; the other's goes first.</summary>
    private async Task ShiftAsync(Instance[] instances, Dictionary<MeterId, (ulong First, ulong Second)> asked)
    {
        List<ShadowMeter> growing = [];
        List<ShadowMeter> shrinking = [];
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
        {
            (ulong first, ulong second) = asked.GetValueOrDefault(meter.Id);
            if (first + second == 0) continue;
            double before = _parts.GetValueOrDefault(meter.Id, FirstPart);
            double wanted = Math.Clamp((double)first / (first + second), LeastPart, 1 - LeastPart);
            if (Math.Abs(wanted - before) < LeastPart) continue;
            _parts[meter.Id] = wanted;
            (wanted > before ? growing : shrinking).Add(meter);
        }
        if (growing.Count + shrinking.Count == 0) return;
        Rebalances++;
        Instance other = instances[0] == _first ? instances[1] : instances[0];
        await ChangeAsync(_first!, shrinking);
        await ChangeAsync(other, growing);
        await ChangeAsync(_first!, growing);
        await ChangeAsync(other, shrinking);
    }

    /// <summary>Gives meters their present shares at an instance; the caller holds the counter gate.</summary>
    private async Task ChangeAsync(Instance instance, List<ShadowMeter> meters)
    {
        if (meters.Count == 0) return;
        Dictionary<MeterId, MeterStatistics> before = await TryReadAsync(instance);
        // Asked right before the change, so that next to nothing is counted between; a switch that does the later first
        // tells less than before.
        Task<Dictionary<MeterId, MeterStatistics>> last = TryReadAsync(instance);
        foreach (ShadowMeter meter in meters)
            instance.Send(default, For(instance, meter.ToMeterMod(MeterModCommand.Modify)));
        _changedTicks = virtualSwitch.Loop.NowTicks;
        foreach ((MeterId id, MeterStatistics each) in await last)
        {
            if (before.TryGetValue(id, out MeterStatistics? known) && each.PacketCount >= known.PacketCount)
                before[id] = each;
        }
        await instance.Physical.BarrierAsync();
        Dictionary<MeterId, MeterStatistics> after = await TryReadAsync(instance);
        foreach (ShadowMeter meter in meters)
        {
            bool isKnown = before.ContainsKey(meter.Id) && after.ContainsKey(meter.Id);
            if (isKnown) KeepWhatWasLost(meter, before[meter.Id], after[meter.Id]);
        }
    }

    /// <summary>Open vSwitch counts a changed meter anew; others its bands.</summary>
    private static void KeepWhatWasLost(ShadowMeter meter, MeterStatistics before, MeterStatistics after)
    {
        bool isAnew = after.PacketCount < before.PacketCount;
        bool areBandsAnew = Sum(after) < Sum(before);
        meter.Retired = ResourceStatistics.Add(meter.Retired, new MeterStatistics
        {
            PacketCount = isAnew ? before.PacketCount : 0,
            ByteCount = isAnew ? before.ByteCount : 0,
            Bands = areBandsAnew ? before.Bands : [],
        });
    }

    private static ulong Sum(MeterStatistics meter)
    {
        ulong packets = 0;
        foreach (BucketCounter band in meter.Bands) packets += band.PacketCount;
        return packets;
    }

    private static async Task<Dictionary<MeterId, MeterStatistics>> TryReadAsync(Instance instance)
    {
        try
        {
            return (await ResourceStatistics.ReadMetersAsync(instance)).ToDictionary(each => each.Meter);
        }
        catch (OpenFlowRequestException)
        {
            return [];
        }
    }
}
