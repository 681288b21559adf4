namespace Lime.Core.Tunnels;

/// <summary>Looks in the switch's database whether what is to go through a tunnel fits the interface it leaves
/// by.</summary>
internal static class TunnelUnderlay
{
    /// <exception cref="TunnelException">It does not, or the interface or its MTU is unknown.</exception>
    public static void Check(OvsTables tables, TunnelSpec tunnel, TunnelMtuDemand demand)
    {
        string name = demand.UnderlayInterface;
        OvsInterface underlay = tables.FindInterface(name)
            ?? throw TooSmall($"The switch's database has no interface {name}, by which the {tunnel} is to leave.");
        int mtu = underlay.Mtu ?? throw TooSmall(
            $"The switch does not know the MTU of interface {name}, by which the {tunnel} is to leave"
            + $"{(underlay.Error is { } error ? $": {error}" : "")}.");
        if (TunnelMtu.FindFault(tunnel, demand, mtu) is not { } fault) return;
        bool isIgnored = underlay.MtuRequest is { } asked && asked > mtu;
        throw TooSmall(isIgnored ? $"{fault} (mtu_request is {underlay.MtuRequest}, which it didn't take.)" : fault);
    }

    private static TunnelException TooSmall(string text) => new(TunnelFailure.MtuTooSmall, text);
}
