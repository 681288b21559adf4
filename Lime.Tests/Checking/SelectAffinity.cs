using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Which bucket of a select group each flow has, as long as the group's buckets stay the same: which one is
/// the switch's own affair, that it is the same for all packets of the flow is not (1.3.5 section 5.6.1: "a
/// switch-computed selection algorithm (e.g. hash on some user-configured tuple)"; H-60).</summary>
/// <remarks>Learned from the first packet of each flow that is seen with the mark of a bucket, a source port that no
/// other bucket sets; a later one with the mark of another bucket finds no explanation. A flow that is never seen with
/// a bucket's mark may have one that leads back where it came from, by which nothing is sent (1.3.5 section
/// 7.2.1).</remarks>
internal sealed class SelectAffinity
{
    private readonly Dictionary<(ImmutableArray<GroupBucket> Buckets, string Flow), int> _chosen = [];

    public int Choose(
        ReferenceGroup group, (ReferencePacket Packet, PortNumber InPort) of, ImmutableArray<int> live)
    {
        if (_chosen.TryGetValue((group.Buckets, FlowOf([.. of.Packet.Bytes])), out int chosen) && live.Contains(chosen))
            return chosen;
        return live.FirstOrDefault(index => IsSilent(group.Buckets[index], of.InPort), live[0]);
    }

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

    /// <summary>Whether nobody sees anything of what it does with a packet.</summary>
    private static bool IsSilent(GroupBucket bucket, PortNumber inPort)
    {
        foreach (FlowAction each in bucket.Actions)
        {
            bool isOutput = each.Kind is FlowActionKind.Output or FlowActionKind.Group;
            if (isOutput && (each.Kind == FlowActionKind.Group || each.Port != inPort)) return false;
        }
        return true;
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
