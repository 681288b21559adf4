using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Updates;

/// <summary>What updates cost, a line for each number of instances.</summary>
internal static class UpdateText
{
    public static string Table(IReadOnlyList<UpdateRun> runs)
    {
        var table = new TextTable(
            "instances", "updates", "packets", "extra packet-ins", "held", "held bytes", "held, ms at most",
            "overtaken", "lost", "messages an update", "ms an update", "ms at most");
        foreach (UpdateRun run in runs)
        {
            table.Add(
                Numbers.Whole(run.Instances),
                Numbers.Whole(run.Updates),
                Numbers.Whole(run.Packets),
                Numbers.Whole(run.PacketIns),
                Numbers.Whole(run.HeldPackets),
                Numbers.Whole(run.HeldBytes),
                Numbers.Fixed(run.HeldMsMax, 1),
                Numbers.Whole(run.Overtaken),
                Numbers.Whole(run.Lost),
                Numbers.Fixed(run.Messages / (double)run.Updates, 2),
                Numbers.Fixed(run.UpdateMs, 2),
                Numbers.Fixed(run.UpdateMsMax, 2));
        }
        return table.ToString();
    }
}
