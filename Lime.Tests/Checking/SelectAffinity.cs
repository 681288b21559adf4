using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Which bucket of a select group each flow has, as long as the group's buckets stay the same: which one is
/// the switch's own affair, that it is the same for all packets of the flow is not (1.3.5 section 5.6.1: "a
/// switch-computed selection algorithm (e.g. hash on some user-configured tuple)"; H-60).</summary>
/// <remarks>Learned from the first packet of each flow that is seen with the mark of a bucket, a source port that no
/// other bucket sets; a later one with the mark of another bucket finds no explanation.</remarks>
internal sealed class SelectAffinity
{
    private readonly Dictionary<(ImmutableArray<GroupBucket> Buckets, string Flow), int> _chosen = [];

    public int Choose(ReferenceGroup group, ReferencePacket packet, ImmutableArray<int> live) =>
        _chosen.TryGetValue((group.Buckets, FlowOf([.. packet.Bytes])), out int chosen) && live.Contains(chosen)
            ? chosen
            : live[0];

    public void Learn(IEnumerable<ReferenceState> states, IEnumerable<PacketStory> packets)
    {
        Dictionary<ushort, (ImmutableArray<GroupBucket> Buckets, int Index)> marks = [];
        IEnumerable<ReferenceGroup> groups = states.SelectMany(each => each.Groups.Values)
            .Where(each => each.Type == GroupType.Select).DistinctBy(each => each.Buckets);
        foreach (ReferenceGroup group in groups)
        {
            for (int i = 0; i < group.Buckets.Length; i++)
            {
                if (MarkOf(group.Buckets[i]) is { } mark) marks[mark] = (group.Buckets, i);
            }
        }
        if (marks.Count == 0) return;
        foreach (Sighting each in packets.SelectMany(each => each.Sightings).OrderBy(each => each.EventIndex))
        {
            if (marks.TryGetValue(MarkedFrame.SourcePortOf(each.Frame), out var found))
                _chosen.TryAdd((found.Buckets, FlowOf(each.Frame)), found.Index);
        }
    }

    private static ushort? MarkOf(GroupBucket bucket)
    {
        foreach (FlowAction each in bucket.Actions)
        {
            if (each.Kind != FlowActionKind.SetField) continue;
            OxmField field = OxmField.FromBytes(each.Bytes);
            if (field.Id == OxmId.UdpSource) return BinaryPrimitives.ReadUInt16BigEndian(field.Value);
        }
        return null;
    }

    private static string FlowOf(ReadOnlySpan<byte> frame) => MarkedFrame.FlowOf(frame);
}
