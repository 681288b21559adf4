using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Groups;

/// <summary>Which buckets of a group a packet takes (1.3.5 section 5.6.1).</summary>
/// <remarks>Pure but for the state of ports and groups that it looks at. Threading: the loop's.</remarks>
/// <param name="groups">The other groups, for buckets that watch them.</param>
/// <param name="isPortLive">Whether a port has a link and is not set down.</param>
internal sealed class BucketChoice(GroupTable groups, Func<PortNumber, bool> isPortLive)
{
    /// <summary>The buckets' places, in the order in which they are carried out.</summary>
    /// <param name="group">The group.</param>
    /// <param name="flowHash">Equal for all packets of a flow.</param>
    public IEnumerable<int> Choose(Group group, uint flowHash) => group.Type switch
    {
        GroupType.All or GroupType.Indirect => Enumerable.Range(0, group.Buckets.Length),
        GroupType.Select => Best(group, flowHash) is { } best ? [best] : [],
        _ => Enumerable.Range(0, group.Buckets.Length).Where(i => IsLive(group.Buckets[i])).Take(1),
    };

    /// <summary>Lives while one of the watched does; a bucket that watches nothing always does.</summary>
    public bool IsLive(GroupBucket bucket)
    {
        bool watchesNothing = bucket.WatchPort == PortNumber.Any && bucket.WatchGroup == GroupId.Any;
        if (watchesNothing || isPortLive(bucket.WatchPort)) return true;
        return groups.Find(bucket.WatchGroup) is { } watched && watched.Buckets.Any(IsLive);
    }

    /// <summary>Weighted rendezvous hashing: each bucket draws by flow, the highest wins. Shares are as the weights,
    /// and when a bucket dies only its own flows move.</summary>
    private int? Best(Group group, uint flowHash)
    {
        int? best = null;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < group.Buckets.Length; i++)
        {
            GroupBucket bucket = group.Buckets[i];
            if (bucket.Weight == 0 || !IsLive(bucket)) continue;
            // ln(u) / weight with u evenly in (0, 1): the maximum falls on a bucket as often as its weight says.
            double draw = Math.Log((Mix(flowHash, (uint)i) + 0.5) / 4_294_967_296.0) / bucket.Weight;
            if (draw <= highest) continue;
            highest = draw;
            best = i;
        }
        return best;
    }

    /// <summary>The finaliser of splitmix64: every bit depends on every bit.</summary>
    private static uint Mix(uint flowHash, uint bucket)
    {
        ulong mixed = ((ulong)bucket << 32 | flowHash) + 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (uint)((mixed ^ (mixed >> 31)) >> 32);
    }
}
