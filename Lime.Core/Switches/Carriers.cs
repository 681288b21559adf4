using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>Knows which instances carry traffic, and waits until they have what was sent to them.</summary>
/// <remarks>
/// An instance that doesn't answer may go on forwarding by whatever rules it has. So what waits for it must not go on,
/// with a new rule elsewhere, as long as packets may come to it. Its migration, which fails by that, steers all traffic
/// to the one that stays and says so (<see cref="LeaveTo"/>); then the other one is not waited for any more. Until then
/// guards stay, and packets are held. So it is with a target that has refused something: it may not have the guards.
/// Life cycle: <see cref="Begin"/> when a second instance is about to carry traffic, <see cref="End"/> at the latest
/// when its migration has ended: nothing waits any more then, whatever has happened. Threading: the owner loop's.
/// </remarks>
internal sealed class Carriers(VirtualSwitch virtualSwitch)
{
    private readonly HashSet<Instance> _unanswered = [];
    private TaskCompletionSource? _left;
    private Instance? _staying;

    public void Begin()
    {
        _staying = null;
        _left = new TaskCompletionSource();
    }

    /// <summary>Whatever comes to another instance from now on has been on its way already.</summary>
    public void LeaveTo(Instance staying)
    {
        _staying = staying;
        _left?.TrySetResult();
    }

    public void End()
    {
        _left?.TrySetResult();
        _left = null;
    }

    /// <summary>Whether an instance has confirmed what is waited for, or was last.</summary>
    public bool HasConfirmed(Instance instance) => !_unanswered.Contains(instance);

    /// <summary>Completes when every instance that carries traffic has what was sent to it so far, or is known to be
    /// past answering while all traffic goes elsewhere.</summary>
    /// <param name="wantsEvidence">Whether a barrier reply is not enough.</param>
    /// <param name="isForApp">Whether an app relies on it: what it has sent before may be with an instance that traffic
    /// has left, which is waited for then as long as it may answer.</param>
    public async Task ConfirmAsync(bool wantsEvidence, bool isForApp = false)
    {
        Instance[] instances = [.. virtualSwitch.Live];
        Task left = _left?.Task ?? Task.CompletedTask;
        _unanswered.Clear();
        _unanswered.UnionWith(instances);
        Task? until = isForApp ? null : _left?.Task;
        bool[] answers = await Task.WhenAll(instances.Select(each => IsConfirmedAsync(each, wantsEvidence, until)));
        if (instances.Length > 1 && !Array.TrueForAll(answers, static each => each)) await left;
    }

    /// <summary>Whether all traffic goes elsewhere.</summary>
    public bool IsLeft(Instance instance) => _staying is not null && _staying != instance;

    private async Task<bool> IsConfirmedAsync(Instance instance, bool wantsEvidence, Task? until)
    {
        if (instance.IsGivenUp) return false;
        Task<bool> answer = TryAsync(instance, wantsEvidence);
        if (until is not null) await Task.WhenAny(answer, until);
        if (until is not null && IsLeft(instance) && !answer.IsCompleted) return true;
        bool isConfirmed = await answer && !instance.IsToBeLeft;
        if (isConfirmed) _unanswered.Remove(instance);
        return isConfirmed || IsLeft(instance);
    }

    private static async Task<bool> TryAsync(Instance instance, bool wantsEvidence)
    {
        try
        {
            if (wantsEvidence && instance.Evidence is { } evidence) await AwaitAsync(instance, evidence);
            else await instance.BarrierAsync();
            return true;
        }
        catch (OpenFlowRequestException exception)
        {
            if (instance.Physical.Trouble is not { } trouble) return false;
            instance.GiveUp();
            trouble($"{instance.Physical.Name} did not confirm its rules: {exception.Message}");
            return false;
        }
        catch (OperationCanceledException)
        {
            return false; // It doesn't take part any more.
        }
    }

    /// <summary>While a migration is being undone nobody waits for its evidence any more; the switch's word is asked
    /// for all the same, since the instance may be the one that stays.</summary>
    private static async Task AwaitAsync(Instance instance, InstanceEvidence evidence)
    {
        try
        {
            await evidence.AwaitInForceAsync();
        }
        catch (OperationCanceledException) when (instance.Physical.IsConnected)
        {
            await instance.BarrierAsync();
        }
    }
}
