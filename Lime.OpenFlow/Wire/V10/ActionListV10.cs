using Lime.OpenFlow.Actions;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Lists of actions, back to back (ofp_action_header, OpenFlow 1.0.0 section 5.2.4).</summary>
internal static class ActionListV10
{
    /// <summary>The list's size in bytes.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.0 cannot say one of the
    /// actions.</exception>
    public static long SizeOf(ActionList actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ReadOnlySpan<FlowAction> all = actions.AsSpan();
        if (all.Length == 1) return ActionV10.SizeOf(all[0]);
        long bytes = 0;
        foreach (ref readonly FlowAction action in all) bytes += ActionV10.SizeOf(action);
        return bytes;
    }

    public static void Write(ref WireWriter writer, ActionList actions)
    {
        ReadOnlySpan<FlowAction> all = actions.AsSpan();
        if (all.Length == 1 && all[0].Kind == FlowActionKind.Output) ActionV10.WriteOutput(ref writer, all[0]);
        else foreach (ref readonly FlowAction action in all) ActionV10.Write(ref writer, action);
    }

    /// <summary>Reads actions up to the end of <paramref name="reader"/>.</summary>
    /// <remarks>A list of one plain output, the usual one, is shared and allocates nothing for small
    /// ports.</remarks>
    public static ActionList Read(ref WireReader reader)
    {
        int count = ActionFraming.Count(reader);
        if (count == 0) return ActionList.Drop;
        if (count == 1) return Single(ReadOne(ref reader));
        var actions = new FlowAction[count];
        for (int i = 0; i < count; i++) actions[i] = ReadOne(ref reader);
        return ActionList.Of(actions);
    }

    private static ActionList Single(in FlowAction action) =>
        action.Kind == FlowActionKind.Output && action.Value == ushort.MaxValue
            ? ActionList.Output(action.Port)
            : ActionList.Of(action);

    private static FlowAction ReadOne(ref WireReader reader)
    {
        int offset = reader.Offset;
        return ActionV10.Read(ActionFraming.TakeOne(ref reader), offset);
    }
}
