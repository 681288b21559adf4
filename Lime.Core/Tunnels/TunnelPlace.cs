using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>Which tunnel of whom, and on which bridge its end is.</summary>
/// <param name="Owner">The controller's own name: two controllers at one switch must not have the same.</param>
/// <param name="Datapath">The bridge.</param>
/// <param name="Tunnel">The tunnel's name; one bridge has one end of it at most.</param>
internal sealed record TunnelPlace(string Owner, DatapathId Datapath, string Tunnel)
{
    private const string NamePrefix = "lm";

    /// <summary>With the prefix the 15 characters that Linux allows an interface (IFNAMSIZ); 52 bits.</summary>
    private const int NameDigits = 13;

    /// <summary>The name of the port and of its interface: always the same for the same place, so that making it twice
    /// makes it once, and unlike any other in the switch's database.</summary>
    public string PortName()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Owner}\n{Datapath}\n{Tunnel}");
        string digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return NamePrefix + digits[..NameDigits];
    }
}
