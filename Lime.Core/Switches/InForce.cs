using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>Waits until several instances have what was sent to them.</summary>
/// <remarks>One that doesn't answer fails the migration that it takes part in, and from then on is not waited for any
/// more: what waits here goes on without it (H-18). Threading: the owner loop's.</remarks>
internal static class InForce
{
    /// <summary>By the switches' word.</summary>
    public static Task BarrierAsync(IReadOnlyList<Instance> instances) =>
        AwaitAsync(instances, static each => each.Physical.BarrierAsync());

    /// <summary>By the evidence that fits each of them.</summary>
    public static Task AwaitAsync(IReadOnlyList<Instance> instances) => AwaitAsync(
        instances, static each => each.Evidence?.AwaitInForceAsync() ?? each.Physical.BarrierAsync());

    private static Task AwaitAsync(IReadOnlyList<Instance> instances, Func<Instance, Task> wait) =>
        Task.WhenAll(instances.Where(each => !each.IsGivenUp).Select(each => TryAsync(each, wait)));

    private static async Task TryAsync(Instance instance, Func<Instance, Task> wait)
    {
        try
        {
            await wait(instance);
        }
        catch (OpenFlowRequestException exception)
        {
            if (instance.Physical.Trouble is not { } trouble) return;
            instance.GiveUp();
            trouble($"{instance.Physical.Name} did not confirm its rules: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            return; // It doesn't take part any more.
        }
    }
}
