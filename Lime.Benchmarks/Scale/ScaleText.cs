using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Scale;

/// <summary>Sizes side by side.</summary>
internal static class ScaleText
{
    public static string Table(IEnumerable<ScaleRun> runs)
    {
        var table = new TextTable(
            "switches", "networks", "all known, ms", "MiB idle", "KiB a switch", "packet-ins/s", "ns a packet-in");
        foreach (ScaleRun each in runs)
        {
            table.Add(
                Numbers.Whole(each.Switches),
                each.Networks == 0 ? "-" : Numbers.Whole(each.Networks),
                Numbers.Fixed(each.ConnectMs, 0),
                Numbers.Mebibytes(each.IdleBytes),
                Numbers.Fixed(each.BytesPerSwitch / 1024, 1),
                Numbers.Whole(each.AnsweredPerSecond),
                Numbers.Fixed(each.CpuNsPerPacketIn, 1));
        }
        return table.ToString();
    }
}
