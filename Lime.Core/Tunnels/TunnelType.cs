namespace Lime.Core.Tunnels;

/// <summary>How frames are carried between two switches that share an IP network.</summary>
public enum TunnelType
{
    /// <summary>In UDP, RFC 7348.</summary>
    Vxlan,

    /// <summary>In IP, RFC 2784, with the key of RFC 2890.</summary>
    Gre,

    /// <summary>In UDP, RFC 8926, without options.</summary>
    Geneve,
}
