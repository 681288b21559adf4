using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Outputs as lines that are equal if the outputs mean the same, for two switches in one version.</summary>
internal sealed class Transcript(OpenFlowVersion version)
{
    private bool Is10 => version == OpenFlowVersion.V10;

    /// <summary>The lines of one input, those of each port and of the controller in their order.</summary>
    public IEnumerable<string> Lines(IEnumerable<ReferenceOutput> outputs)
    {
        ReferenceOutput[] all = [.. outputs];
        IEnumerable<string> frames = all.OfType<FrameOutput>().OrderBy(frame => frame.Port.Value)
            .Select(frame => $"frame {frame.Port} {Hex(frame.Bytes)}");
        IEnumerable<string> packets = all.OfType<PacketInOutput>().Select(Line);
        // Rules that go in one go are told in any order.
        IEnumerable<string> messages = all.OfType<MessageOutput>().SelectMany(Lines).Order(StringComparer.Ordinal);
        return [.. frames, .. packets, .. messages];
    }

    private string Line(PacketInOutput packet)
    {
        string context = Is10 ? "" : $" table {packet.Table} cookie {packet.Cookie} metadata {packet.Metadata:x}";
        bool isKept = packet.Buffer != BufferId.None;
        return $"packet-in {packet.Reason} port {packet.InPort}{context} kept {isKept} {packet.TotalBytes} "
            + Hex(packet.Bytes);
    }

    private IEnumerable<string> Lines(MessageOutput output)
    {
        string xid = output.Xid is { } known ? $"{known} " : "";
        return output.Message switch
        {
            ErrorMessage error => [$"error {xid}{error.Type} {error.Code}"],
            FlowRemoved removed => [$"removed {Text(removed)}"],
            PortStatus status => [$"port-status {status.Reason} {Text(status.Port)}"],
            FlowStatisticsReply flows => Group($"flows {xid}", flows.Flows.Select(Text)),
            TableStatisticsReply tables => Group($"tables {xid}", tables.Tables.Select(table =>
                $"{table.Table} {table.ActiveCount} {table.LookupCount} {table.MatchedCount}")),
            PortStatisticsReply ports => Group($"ports {xid}", ports.Ports.Select(port =>
                $"{port.Port} in {port.ReceivedPackets}/{port.ReceivedBytes} out {port.SentPackets}/{port.SentBytes}")),
            PortDescriptionReply ports => Group($"port {xid}", ports.Ports.Select(Text)),
            GroupStatisticsReply groups => Group($"groups {xid}", groups.Groups.Select(group =>
                $"{group.Group} uses {group.ReferenceCount} {group.PacketCount}/{group.ByteCount} {Time(group.Duration)}"
                + Text(group.Buckets))),
            GroupDescriptionReply groups => Group($"group {xid}", groups.Groups.Select(group =>
                $"{group.Group} {group.Type} {string.Join(" | ", group.Buckets.Select(Text))}")),
            MeterStatisticsReply meters => Group($"meters {xid}", meters.Meters.Select(meter =>
                $"{meter.Meter} flows {meter.FlowCount} {meter.PacketCount}/{meter.ByteCount} {Time(meter.Duration)}"
                + Text(meter.Bands))),
            MeterConfigurationReply meters => Group($"meter {xid}", meters.Meters.Select(meter =>
                $"{meter.Meter} {meter.Flags} {string.Join(" | ", meter.Bands.Select(band => $"{band.Type} {band.Rate} "
                    + $"{band.BurstSize} {band.PrecedenceLevel}"))}")),
            _ => [$"reply {xid}{output.Message}"],
        };
    }

    /// <summary>A line for each item, and one that says that there was an answer at all.</summary>
    private static IEnumerable<string> Group(string title, IEnumerable<string> items) =>
        [title.TrimEnd(), .. items.Select(item => title + item)];

    private string Text(FlowRemoved removed) => string.Join(' ', [
        Text(removed.Match, removed.Priority), removed.Cookie.ToString(), removed.Reason.ToString(),
        Is10 ? "" : $"table {removed.Table} hard {removed.HardTimeoutSeconds}",
        $"idle {removed.IdleTimeoutSeconds} {removed.PacketCount}/{removed.ByteCount} {Time(removed.Duration)}"]);

    private string Text(FlowStatistics flow) => string.Join(' ', [
        $"table {flow.Table}", Text(flow.Match, flow.Priority), flow.Cookie.ToString(),
        Is10 ? "" : $"{flow.Flags}", $"idle {flow.IdleTimeoutSeconds} hard {flow.HardTimeoutSeconds}",
        $"{flow.PacketCount}/{flow.ByteCount} {Time(flow.Duration)}", flow.Actions.ToString(),
        flow.Instructions.ToString()]);

    /// <summary>The match by its meaning; the priority of a rule without wildcards means nothing in 1.0.</summary>
    private string Text(in Match match, ushort priority)
    {
        IEnumerable<string> tests = FieldTests.Of(match).Select(test => $"{test.Field}={test.Value:x}/{test.Mask:x}");
        bool isExact = Is10 && FieldTests.IsExact10(match);
        return $"[{string.Join(',', tests)}] {(isExact ? "exact" : priority)}";
    }

    private static string Text(PortDescription port) =>
        $"{port.Port} {port.HardwareAddress} {port.Config} down {port.State & 1}";

    private static string Text(GroupBucket bucket) =>
        $"weight {bucket.Weight} watch {bucket.WatchPort} {bucket.WatchGroup}: {bucket.Actions}";

    private static string Text(ImmutableArray<BucketCounter> counters) =>
        string.Concat(counters.Select(counter => $" {counter.PacketCount}/{counter.ByteCount}"));

    /// <summary>Hundredths of a second: what lies between two inputs at least.</summary>
    private static string Time(Duration time) => $"{Math.Round(time.TotalSeconds, 2):0.00}s";

    private static string Hex(ImmutableArray<byte> bytes) => Convert.ToHexStringLower(bytes.AsSpan());
}
