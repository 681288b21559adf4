using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>Takes an instance that carries no traffic any more back to a spare: emptied now, or when that is
/// possible.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class InstanceDeparture(SwitchRegistry registry, RuleCopy copy, AttachmentMover mover)
{
    /// <summary>How long undoing waits, beyond the quiet time, for traffic to leave the target.</summary>
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until it is quiet, but not for ever: a neighbour that could not be reached may go on sending
    /// there.</summary>
    public async Task AwaitQuietAsync(Instance instance, TimeSpan quietTime, BestEffort effort)
    {
        using var patience = new CancellationTokenSource(ReturnPatience + quietTime, registry.Loop.Time);
        await effort.DoAsync(() => InstanceDrain.AwaitQuietAsync(instance, quietTime, registry.Loop, patience.Token));
    }

    /// <summary>Empties it, or sees to it that it is emptied later, and makes it a spare.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="effort">Notes what is met.</param>
    /// <param name="once">What is to be done once no neighbour sends there any more.</param>
    /// <returns>A sentence's second half for the operator.</returns>
    public async Task<string> LeaveAsync(Instance instance, BestEffort effort, Func<Task> once)
    {
        PhysicalSwitch physical = instance.Physical;
        var leftovers = new Leftovers(instance, registry.Loop);
        physical.Leftovers.Add(leftovers);
        leftovers.WaitFor([.. mover.Unconfirmed], once);
        bool mayEmpty = physical.IsConnected && !instance.IsGivenUp && mover.Unconfirmed.Count == 0;
        if (mayEmpty)
        {
            await effort.DoAsync(async () =>
            {
                await copy.EmptyAsync(instance.VirtualSwitch, instance);
                leftovers.IsGone();
            });
        }
        registry.RemoveInstance(instance);
        leftovers.TakeAway();
        if (!physical.Leftovers.Contains(leftovers))
        {
            return instance.IsPart
                ? $"its part of {physical.Name} is empty."
                : $"{physical.Name} is empty and a spare.";
        }
        return mover.Unconfirmed.Count > 0
            ? $"{physical.Name} is emptied when "
                + $"{string.Join(", ", mover.Unconfirmed.Select(each => each.Physical.Name))} has "
                + "confirmed that it sends nothing there."
            : $"{physical.Name} is emptied when it answers again.";
    }
}
