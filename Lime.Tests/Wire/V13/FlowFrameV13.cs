using System.Globalization;

namespace Lime.Tests.Wire.V13;

/// <summary>Flow-mods of OpenFlow 1.3 around a match or instructions, as Open vSwitch sends an ADD of priority 0x8000
/// to table 0.</summary>
internal static class FlowFrameV13
{
    public static string Of(string fields, string instructions = "")
    {
        byte[] match = new WireVector("", "", fields, "").Bytes;
        byte[] rest = new WireVector("", "", instructions, "").Bytes;
        int length = 4 + match.Length;
        int padding = (8 - (length % 8)) % 8;
        int total = 48 + length + padding + rest.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"040e{total:x4} 00000001 (00*16) 00000000 00008000 ffffffff ffffffff ffffffff 00000000 0001{length:x4}")
            + Convert.ToHexStringLower(match) + new string('0', padding * 2) + Convert.ToHexStringLower(rest);
    }

    /// <summary>A flow-mod that applies the given actions.</summary>
    public static string Applying(string actions, string fields = "")
    {
        int bytes = 8 + new WireVector("", "", actions, "").Bytes.Length;
        return Of(fields, string.Create(CultureInfo.InvariantCulture, $"0004{bytes:x4} 00000000 {actions}"));
    }
}
