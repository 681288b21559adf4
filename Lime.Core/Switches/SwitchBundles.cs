using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The bundles of one connection: commands that a switch gathers and carries out together.</summary>
/// <remarks>Life cycle: one a connection. Threading: the owner loop's.</remarks>
internal sealed class SwitchBundles(PhysicalSwitch physical)
{
    private Task<bool>? _asked;
    private uint _last;

    /// <summary>Whether the switch has bundles: it is asked to open one, since nothing it says of itself tells (in 1.3
    /// they are an extension).</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public Task<bool> AreThereAsync()
    {
        // A switch that did not answer may answer another time.
        if (_asked is null or { IsFaulted: true }) _asked = AskAsync();
        return _asked;
    }

    /// <summary>Opens a bundle; what is added to it may follow at once.</summary>
    public BundleId Open()
    {
        var bundle = new BundleId(++_last);
        Send(bundle, BundleControlType.OpenRequest);
        return bundle;
    }

    /// <summary>Drops a bundle that is not complete.</summary>
    public void Discard(BundleId bundle) => Send(bundle, BundleControlType.DiscardRequest);

    /// <summary>Has a bundle carried out.</summary>
    /// <exception cref="OpenFlowRequestException">It was refused, no answer in time, or no connection.</exception>
    public Task CommitAsync(BundleId bundle) =>
        physical.RequestAsync(new BundleControl(bundle, BundleControlType.CommitRequest, BundleFlags.Ordered));

    private void Send(BundleId bundle, BundleControlType type)
    {
        if (physical.Channel is not { } channel) return;
        physical.Send(channel.NextXid(), new BundleControl(bundle, type, BundleFlags.Ordered));
    }

    private async Task<bool> AskAsync()
    {
        if (!physical.Semantics.MayHaveBundles) return false;
        var bundle = new BundleId(++_last);
        try
        {
            await physical.RequestAsync(
                new BundleControl(bundle, BundleControlType.OpenRequest, BundleFlags.Ordered));
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return false;
        }
        catch (OpenFlowRequestException)
        {
            Discard(bundle); // It may yet open it.
            throw;
        }
        Discard(bundle);
        return true;
    }
}
