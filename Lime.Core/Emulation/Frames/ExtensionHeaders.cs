using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>The extension headers of an IPv6 packet (RFC 8200 section 4), and what OXM_OF_IPV6_EXTHDR says of
/// them.</summary>
/// <param name="Bytes">From the packet's start to what they carry.</param>
/// <param name="Protocol">What they carry.</param>
/// <param name="IsFirstFragment">False for a later fragment, which has no transport header.</param>
/// <param name="Flags">Bits of ofp_ipv6exthdr_flags (1.3.5 section 7.2.3.7).</param>
internal readonly record struct ExtensionHeaders(int Bytes, byte Protocol, bool IsFirstFragment, ushort Flags)
{
    private const int HopByHop = 0;
    private const int Routing = 43;
    private const int Fragment = 44;
    private const int Encapsulation = 50;
    private const int Authentication = 51;
    private const int NoNext = 59;
    private const int Destination = 60;

    private const ushort RepeatedFlag = 1 << 7;
    private const ushort DisorderedFlag = 1 << 8;

    /// <summary>Looked through at most.</summary>
    private const int HeadersMax = 8;

    public static ExtensionHeaders Of(ReadOnlySpan<byte> packet)
    {
        var headers = new ExtensionHeaders(40, packet[6], true, 0);
        int last = -1;
        for (int i = 0; i < HeadersMax && IsExtension(headers.Protocol); i++)
        {
            ReadOnlySpan<byte> header = packet[Math.Min(headers.Bytes, packet.Length)..];
            int place = PlaceOf(headers.Protocol);
            headers = headers with { Flags = (ushort)(headers.Flags | Occurrence(headers, last, place)) };
            last = place;
            bool endsHere = headers.Protocol is NoNext or Encapsulation || header.Length < 8;
            if (endsHere) break;
            headers = headers.Past(header);
        }
        return headers;
    }

    private ExtensionHeaders Past(ReadOnlySpan<byte> header)
    {
        int bytes = Protocol switch
        {
            Fragment => 8,
            Authentication => (header[1] + 2) * 4,
            _ => (header[1] + 1) * 8,
        };
        bool isLater = Protocol == Fragment && (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & 0xfff8) != 0;
        return this with
        {
            Bytes = Bytes + bytes,
            Protocol = header[0],
            IsFirstFragment = IsFirstFragment && !isLater,
        };
    }

    private static int Occurrence(in ExtensionHeaders before, int last, int place)
    {
        int flag = FlagOf(before.Protocol);
        int repeated = (before.Flags & flag) != 0 ? RepeatedFlag : 0;
        return flag | repeated | (place < last ? DisorderedFlag : 0);
    }

    private static bool IsExtension(byte protocol) => protocol is HopByHop or Routing or Fragment or Encapsulation
        or Authentication or NoNext or Destination;

    private static int FlagOf(byte protocol) => protocol switch
    {
        NoNext => 1 << 0,
        Encapsulation => 1 << 1,
        Authentication => 1 << 2,
        Destination => 1 << 3,
        Fragment => 1 << 4,
        Routing => 1 << 5,
        _ => 1 << 6,
    };

    /// <summary>The order that RFC 8200 section 4.1 recommends; destination options may stand first too.</summary>
    private static int PlaceOf(byte protocol) => protocol switch
    {
        HopByHop => 0,
        Routing => 2,
        Fragment => 3,
        Authentication => 4,
        Encapsulation => 5,
        _ => 6,
    };
}
