using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Listens, for one migration, to what befalls its switches: lost connections, refused commands.</summary>
/// <remarks>Life cycle: <see cref="Begin"/>, then <see cref="End"/>. Threading: the owner loop's.</remarks>
/// <param name="run">Who is told.</param>
/// <param name="copy">Knows which rules are on their way to the target.</param>
/// <param name="isAlone">Whether the switch moves alone, so that a target that refuses something is left at
/// once.</param>
internal sealed class MigrationWatch(IMigrationDriver run, RuleCopy copy, bool isAlone)
{
    private readonly HashSet<Instance> _doubtful = [];
    private readonly List<(PhysicalSwitch Physical, Action<Xid, ErrorMessage> Listener)> _listening = [];
    private MigrationScope? _scope;

    /// <summary>Instances whose table may not be as it should: they refused something.</summary>
    public IReadOnlyCollection<Instance> Doubtful => _doubtful;

    public void Begin(MigrationScope scope)
    {
        _scope = scope;
        scope.Source.Physical.Trouble = reason => run.Handle(new MigrationEvent.SourceLost(reason));
        scope.Target.Trouble = reason => run.Handle(new MigrationEvent.TargetLost(reason));
        Listen(scope.Source.Physical, (xid, error) => SourceRefused(scope.Source, xid, error));
        Listen(scope.Target, (xid, error) => TargetRefused(scope, xid, error));
        foreach (Instance neighbour in scope.Neighbours.Select(each => each.Instance).Distinct())
            Listen(neighbour.Physical, (xid, error) => NeighbourRefused(neighbour, xid, error));
    }

    public void End()
    {
        foreach ((PhysicalSwitch physical, Action<Xid, ErrorMessage> listener) in _listening)
            physical.Refused -= listener;
        _listening.Clear();
        if (_scope is not { } scope) return;
        scope.Source.Physical.Trouble = null;
        scope.Target.Trouble = null;
    }

    /// <summary>Puts an instance that has refused something in order, now that its rules are what they are to
    /// stay.</summary>
    public async Task PutInOrderAsync(Instance instance)
    {
        if (!_doubtful.Remove(instance) || !instance.Physical.IsConnected) return;
        await instance.VirtualSwitch.Reconciliation.RunAsync(instance);
        await instance.Physical.BarrierAsync();
    }

    /// <summary>While it speaks for the virtual switch its refusals are the app's. If it stays after all, what it lacks
    /// has to be found.</summary>
    private void SourceRefused(Instance source, Xid xid, ErrorMessage error)
    {
        if (IsOthers(source.Physical, source, xid)) return;
        bool isApps = source.Trail.Find(xid) is not null && source.VirtualSwitch.Primary == source;
        if (!IsAboutBuffer(error) && !isApps) _doubtful.Add(source);
    }

    /// <summary>Any refusal leaves the target short of something. When there is no way back any more, it is given once
    /// more what it lacks; when it is the only one left, what it refuses is the app's.</summary>
    private void TargetRefused(MigrationScope scope, Xid xid, ErrorMessage error)
    {
        if (IsAboutBuffer(error) || !scope.Source.Physical.IsConnected) return;
        if (IsOthers(scope.Target, scope.TargetInstance, xid)) return;
        if (scope.TargetInstance is { } instance)
        {
            _doubtful.Add(instance);
            instance.IsToBeLeft = isAlone;
        }
        string what = copy.Find(xid) is { } rule ? $"the rule {rule.Match} priority {rule.Priority}" : "a command";
        run.Handle(new MigrationEvent.TargetLost(
            $"The target {scope.Target.Name} refused {what}: {error.Type}, code {error.Code}."));
    }

    private void NeighbourRefused(Instance neighbour, Xid xid, ErrorMessage error)
    {
        bool isApps = neighbour.Trail.Find(xid) is not null;
        if (isApps || IsOthers(neighbour.Physical, neighbour, xid) || IsAboutBuffer(error)) return;
        _doubtful.Add(neighbour);
        run.Handle(new MigrationEvent.NeighbourRefused(
            $"The neighbour {neighbour.Physical.Name} refused a command: {error.Type}, code {error.Code}."));
    }

    private void Listen(PhysicalSwitch physical, Action<Xid, ErrorMessage> listener)
    {
        physical.Refused += listener;
        _listening.Add((physical, listener));
    }

    /// <summary>Whether what a shared switch has refused was for another virtual switch on it.</summary>
    private static bool IsOthers(PhysicalSwitch physical, Instance? mine, Xid xid) =>
        physical.Parts is { } parts && parts.All.Any(each => each != mine && each.Trail.Has(xid));

    /// <summary>A packet's buffer that is gone is between the app and the switch.</summary>
    private static bool IsAboutBuffer(ErrorMessage error) => error.Type == ErrorType.BadRequest
        && error.Code is (ErrorCodes.BufferEmpty or ErrorCodes.BufferUnknown);
}
