using System.Globalization;
using System.Text.RegularExpressions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Tests.Wire;

/// <summary>A frame as it was on a wire, and the message that it is.</summary>
/// <param name="Name">A sentence about it.</param>
/// <param name="PrintedAs">How <c>ovs-ofctl ofp-print</c> starts its line; empty: it can't read the frame.</param>
/// <param name="Hex">The frame; spaces mean nothing, and <c>(nn*k)</c> stands for k bytes nn.</param>
/// <param name="Message">An OpenFlowMessage, a FlowMod, or a copy of a packet-in or packet-out.</param>
internal sealed partial record WireVector(string Name, string PrintedAs, string Hex, object Message)
{
    public byte[] Bytes { get; } = Convert.FromHexString(
        Run().Replace(Hex, Repeat).Replace(" ", "", StringComparison.Ordinal));

    public Xid Xid => FrameHeader.Read(Bytes).Xid;

    public override string ToString() => Name;

    private static string Repeat(Match run) => string.Concat(
        Enumerable.Repeat(run.Groups[1].Value, int.Parse(run.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\(([0-9a-f]{2})\*(\d+)\)")]
    private static partial Regex Run();
}
