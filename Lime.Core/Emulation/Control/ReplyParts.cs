using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Control;

/// <summary>Splits a long answer into messages that each stay below 64 KiB (OpenFlow 1.0.0 section 5.3.5, 1.3.5
/// section 7.3.5).</summary>
internal static class ReplyParts
{
    /// <summary>A message has at most 65,535 bytes; this leaves room for its header.</summary>
    private const int PartBytesMax = 65_000;

    /// <summary>The parts, all but the last with more to follow; one without an entry if there are none.</summary>
    /// <param name="entries">What to tell.</param>
    /// <param name="make">Makes an answer of some of them.</param>
    /// <param name="codec">Says how long they are; an entry for which the version has no words is left out.</param>
    public static List<MultipartReply> Split<T>(
        IEnumerable<T> entries, Func<ImmutableArray<T>, MultipartReply> make, OpenFlowCodec codec)
    {
        var parts = new List<MultipartReply>();
        ImmutableArray<T>.Builder part = ImmutableArray.CreateBuilder<T>();
        int partBytes = 0;
        foreach (T entry in entries)
        {
            if (BytesOf(make([entry]), codec) is not { } entryBytes) continue;
            if (part.Count > 0 && partBytes + entryBytes > PartBytesMax)
            {
                parts.Add(make(part.DrainToImmutable()) with { HasMore = true });
                partBytes = 0;
            }
            part.Add(entry);
            partBytes += entryBytes;
        }
        parts.Add(make(part.DrainToImmutable()));
        return parts;
    }

    private static int? BytesOf(MultipartReply reply, OpenFlowCodec codec)
    {
        try
        {
            return codec.SizeOf(reply);
        }
        catch (UnsupportedByVersionException)
        {
            return null;
        }
    }
}
