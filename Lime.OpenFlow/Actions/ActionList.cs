using System.Collections;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Actions;

/// <summary>An immutable list of actions, in the order in which they apply; lists of equal actions are
/// equal.</summary>
/// <remarks>Threading: immutable, so any thread may read it. An empty list drops the packet.</remarks>
public sealed class ActionList : IReadOnlyList<FlowAction>, IEquatable<ActionList>
{
    /// <summary>Small port numbers get one shared list each, so that the usual answer to a packet-in
    /// allocates nothing.</summary>
    private const int SharedPortsMax = 1024;

    private static readonly ActionList?[] SharedOutputs = new ActionList?[SharedPortsMax];

    private readonly FlowAction[] _actions;
    private readonly int _hash;

    private ActionList(FlowAction[] actions)
    {
        _actions = actions;
        var hash = new HashCode();
        foreach (ref readonly FlowAction action in actions.AsSpan()) hash.Add(action);
        _hash = hash.ToHashCode();
    }

    /// <summary>No action: drop.</summary>
    public static ActionList Drop { get; } = new([]);

    /// <summary>One output to FLOOD.</summary>
    public static ActionList Flood { get; } = Of(FlowAction.Output(PortNumber.Flood));

    /// <summary>One output of the whole packet to the controller.</summary>
    public static ActionList ToController { get; } = Of(FlowAction.Output(PortNumber.Controller));

    /// <summary>A list of the given actions; they are copied.</summary>
    public static ActionList Of(params ReadOnlySpan<FlowAction> actions) => new(actions.ToArray());

    /// <summary>One output to <paramref name="port"/>; the same object each time for small port
    /// numbers.</summary>
    public static ActionList Output(PortNumber port)
    {
        if (port == PortNumber.Flood) return Flood;
        if (port == PortNumber.Controller) return ToController;
        if (port.Value >= SharedPortsMax) return Of(FlowAction.Output(port));
        return SharedOutputs[port.Value] ??= Of(FlowAction.Output(port));
    }

    /// <inheritdoc/>
    public int Count => _actions.Length;

    /// <inheritdoc/>
    public FlowAction this[int index] => _actions[index];

    /// <summary>The actions without a copy.</summary>
    public ReadOnlySpan<FlowAction> AsSpan() => _actions;

    /// <summary>Whether one of the actions sends out of <paramref name="port"/>, by output or
    /// enqueue.</summary>
    public bool SendsTo(PortNumber port)
    {
        foreach (ref readonly FlowAction action in _actions.AsSpan())
        {
            if (action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue && action.Port == port) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ActionList? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && AsSpan().SequenceEqual(other.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActionList);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public IEnumerator<FlowAction> GetEnumerator() => ((IEnumerable<FlowAction>)_actions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _actions.GetEnumerator();

    /// <summary>The actions as <c>ovs-ofctl</c> writes them, for logs.</summary>
    public override string ToString() => _actions.Length == 0 ? "drop" : string.Join(',', _actions);
}
