using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>The command that deletes an entry that was found on a switch.</summary>
internal static class EntryDeletion
{
    public static FlowMod Of(FlowStatistics entry, TableSemantics semantics) => new()
    {
        Command = FlowModCommand.DeleteStrict,
        Match = entry.Match,
        Priority = entry.Priority,
        Table = semantics.HasTables ? entry.Table : default,
    };
}
