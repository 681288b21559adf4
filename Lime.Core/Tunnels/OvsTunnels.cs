using System.Collections.Immutable;
using Lime.Core.Ovsdb;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>Makes and removes the ends of tunnels on the bridges of one Open vSwitch, by its database.</summary>
/// <remarks>
/// Both may be called again at any time, also after a lost connection or a crash: what is there is left, what is not
/// is made.
/// Two callers at once, of whatever process, find what the other has done.
/// Threading: the client's loop only.
/// </remarks>
internal sealed class OvsTunnels(OvsdbClient client, OvsTables tables, OvsTunnelsOptions options)
{
    /// <summary>Looks at what is there and acts on it; each time somebody else has changed it in between.</summary>
    private const int AttemptsMax = 3;

    /// <summary>How long what somebody else has changed may take to be seen here; it is sent at once.</summary>
    private static readonly TimeSpan SightTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Sees to it that a bridge has the end of a tunnel.</summary>
    /// <returns>The end, with the OpenFlow port number that the switch gave it.</returns>
    /// <exception cref="TunnelException">It doesn't have it: what Lime has made of it is gone again, or is taken away
    /// by <see cref="RemoveAsync"/> if the database was lost.</exception>
    public async Task<TunnelPort> EnsureAsync(DatapathId datapath, string tunnel, TunnelDemand demand)
    {
        var place = new TunnelPlace(options.Owner, datapath, tunnel);
        if (demand.Spec.FindFault() is { } fault) throw new TunnelException(TunnelFailure.BadSpec, fault);
        try
        {
            await ActAsync(() => PlanToMake(place, demand), $"making the {demand.Spec} on {datapath}");
        }
        catch (TunnelException exception) when (exception.Failure == TunnelFailure.SwitchSilent)
        {
            await TakeBackAsync(place, exception);
            throw;
        }
        TunnelPort port = tables.FindTunnel(place) ?? throw new TunnelException(
            TunnelFailure.DatabaseRefused, $"The {demand.Spec} was made on {datapath}, and somebody has removed it.");
        if (port.Interface is { Port: not null, Error: null }) return port;
        var refusal = new TunnelException(TunnelFailure.SwitchRefused, TunnelRefusals.Explain(port, demand.Spec));
        await TakeBackAsync(place, refusal);
        throw refusal;
    }

    /// <summary>Sees to it that a bridge doesn't have the end of a tunnel; one that is not there, or whose bridge is
    /// not, is no error.</summary>
    /// <exception cref="TunnelException">The database is not connected or refused, or the switch process has not taken
    /// it.</exception>
    public Task RemoveAsync(DatapathId datapath, string tunnel)
    {
        var place = new TunnelPlace(options.Owner, datapath, tunnel);
        return ActAsync(() => PlanToRemove(tables.FindTunnel(place)), $"removing tunnel '{tunnel}' from {datapath}");
    }

    /// <summary>The ends that this owner has made, on all bridges.</summary>
    public ImmutableArray<TunnelPort> FindOwn() => [.. tables.Tunnels.Where(each => each.Owner == options.Owner)];

    /// <summary>Removes what a crash has left: every own end but those that are to stay.</summary>
    /// <returns>What was removed.</returns>
    /// <exception cref="TunnelException">As <see cref="RemoveAsync"/>.</exception>
    public async Task<ImmutableArray<TunnelPort>> RemoveLeftoversAsync(Func<TunnelPort, bool> isToStay)
    {
        RequireReady("removing leftovers");
        ImmutableArray<TunnelPort> leftovers = [.. FindOwn().Where(each => !isToStay(each))];
        foreach (TunnelPort each in leftovers)
        {
            await ActAsync(
                () => PlanToRemove(tables.Tunnels.FirstOrDefault(known => known.Row == each.Row)),
                $"removing leftover '{each.Tunnel}' from {each.Bridge.Name}");
        }
        return leftovers;
    }

    /// <returns>What to do; null if nothing.</returns>
    private OvsdbTransaction? PlanToMake(TunnelPlace place, TunnelDemand demand)
    {
        OvsBridge bridge = tables.FindBridge(place.Datapath) ?? throw NoSuchBridge(place.Datapath);
        if (demand.Mtu is { } mtu) TunnelUnderlay.Check(tables, demand.Spec, mtu);
        TunnelPort? own = tables.FindTunnel(place);
        if (own is not null && own.Interface.Is(demand.Spec))
            return own.Interface.Port is null ? TunnelTransactions.CountOnly() : null;
        CheckTaken(place, demand.Spec, own);
        return own is null
            ? TunnelTransactions.Make(place, bridge, demand.Spec)
            : TunnelTransactions.Change(own, demand.Spec);
    }

    private static OvsdbTransaction? PlanToRemove(TunnelPort? port) =>
        port is null ? null : TunnelTransactions.Remove(port);

    /// <summary>Names and ends are the whole switch's, not one bridge's.</summary>
    private void CheckTaken(TunnelPlace place, TunnelSpec tunnel, TunnelPort? own)
    {
        string name = place.PortName();
        foreach (OvsInterface each in tables.Interfaces)
        {
            if (own is null && each.Name == name)
                throw new TunnelException(
                    TunnelFailure.Taken,
                    $"{client.Name} has an interface {name} that is not marked as Lime's tunnel '{place.Tunnel}'; "
                    + "remove it first.");
            if (each.Name != name && each.HasEndsOf(tunnel))
                throw new TunnelException(
                    TunnelFailure.Taken,
                    $"{client.Name} has a {tunnel} already: interface {each.Name}. Remove it, or choose another key.");
        }
    }

    /// <summary>Carries out what a look at the database asks for, and waits until the switch process has taken
    /// it.</summary>
    private async Task ActAsync(Func<OvsdbTransaction?> plan, string what)
    {
        for (int attempt = 1; ; attempt++)
        {
            RequireReady(what);
            long seen = tables.Version;
            if (plan() is not { } transaction) return;
            try
            {
                ImmutableArray<OvsdbOperationResult> results = await client.TransactAsync(transaction);
                await AwaitTakenAsync(results[^1], what);
                return;
            }
            catch (OvsdbRequestException exception) when (IsOvertaken(exception) && attempt < AttemptsMax)
            {
                // Somebody was faster. What they did decides what is left to do, so wait until it is seen.
                await client.Waits.UntilAsync(() => !client.IsReady || tables.Version != seen, SightTimeout);
            }
            catch (OvsdbRequestException exception)
            {
                TunnelFailure failure = exception.Failure == OvsdbRequestFailure.Refused
                    ? TunnelFailure.DatabaseRefused
                    : TunnelFailure.DatabaseUnreachable;
                throw new TunnelException(failure, $"{client.Name}, {what}: {exception.Message}", exception);
            }
        }
    }

    private static bool IsOvertaken(OvsdbRequestException exception) =>
        exception.Error?.Name is OvsdbError.TimedOut or OvsdbError.ConstraintViolation;

    private async Task AwaitTakenAsync(OvsdbOperationResult count, string what)
    {
        long number = count.Rows.IsEmpty ? 0 : count.Rows[0][OvsColumns.NextConfiguration].AsInteger() ?? 0;
        bool isTaken = await client.Waits.UntilAsync(
            () => !client.IsReady || tables.TakenConfiguration >= number, options.TakenTimeout);
        RequireReady(what);
        if (!isTaken)
            throw new TunnelException(
                TunnelFailure.SwitchSilent,
                $"{client.Name}, {what}: the database has the change, but ovs-vswitchd has not taken it within "
                + $"{options.TakenTimeout}. Does it run, and is it connected to this database?");
    }

    private void RequireReady(string what)
    {
        if (client.IsReady) return;
        string cause = client.LastClose is { } close ? $" ({close})" : "";
        throw new TunnelException(
            TunnelFailure.DatabaseUnreachable, $"{client.Name}, {what}: the database is not connected{cause}.");
    }

    private TunnelException NoSuchBridge(DatapathId datapath)
    {
        string[] known =
            [.. tables.Bridges.Select(each => $"{each.Name} ({each.Datapath?.ToString() ?? "not made yet"})")];
        string others = known.Length == 0 ? "It has none." : $"It has {string.Join(", ", known)}.";
        return new TunnelException(
            TunnelFailure.NoSuchBridge, $"{client.Name} has no bridge with the datapath id {datapath}. {others}");
    }

    /// <summary>Removes what has failed, without waiting for the switch process.</summary>
    private async Task TakeBackAsync(TunnelPlace place, TunnelException failure)
    {
        try
        {
            if (PlanToRemove(tables.FindTunnel(place)) is { } removal) await client.TransactAsync(removal);
        }
        catch (OvsdbRequestException exception)
        {
            throw new TunnelException(
                failure.Failure, $"{failure.Message} It could not be removed again: {exception.Message}", exception);
        }
    }
}
