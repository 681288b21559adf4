using System.Diagnostics;

namespace Lime.Benchmarks.Cbench;

/// <summary>When each packet-in of one switch is to be sent: all switches together send evenly at a rate, in
/// turn.</summary>
/// <remarks>An open loop: what is due doesn't depend on what was answered, and a latency counts from when the packet-in
/// was due, not from when it could be sent. So a pause of the controller is seen in all the packet-ins that fall into
/// it (no coordinated omission). Threading: immutable.</remarks>
internal sealed class SendSchedule
{
    private readonly double _ticksPerTurn;
    private readonly double _firstTicks;

    /// <param name="startTicks">When the first switch sends its first.</param>
    /// <param name="perSecond">Packet-ins of all switches a second.</param>
    /// <param name="index">Which of the switches this is.</param>
    /// <param name="switches">How many they are.</param>
    public SendSchedule(long startTicks, double perSecond, int index, int switches)
    {
        double ticksPerPacket = Stopwatch.Frequency / perSecond;
        _ticksPerTurn = ticksPerPacket * switches;
        _firstTicks = startTicks + (ticksPerPacket * index);
    }

    /// <summary>When the packet-in of this id is due; ids count from 1.</summary>
    public long DueTicks(uint id) => (long)(_firstTicks + ((id - 1) * _ticksPerTurn));

    /// <summary>How many are due by now.</summary>
    public long CountAt(long nowTicks) =>
        nowTicks < _firstTicks ? 0 : (long)((nowTicks - _firstTicks) / _ticksPerTurn) + 1;
}
