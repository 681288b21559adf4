using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>Which rules a command or a question concerns, their match aside: table, output, cookie.</summary>
/// <param name="Table">Of which table, or <see cref="TableId.All"/>.</param>
/// <param name="OutPort">Only rules that send out of this port, or <see cref="PortNumber.Any"/>.</param>
/// <param name="OutGroup">Only rules that send to this group, or <see cref="GroupId.Any"/>.</param>
/// <param name="Cookie">What the cookie has to be in the bits of the mask.</param>
/// <param name="CookieMask">Which bits of the cookie count; 0: none.</param>
internal readonly record struct RuleSelection(
    TableId Table,
    PortNumber OutPort,
    GroupId OutGroup,
    Cookie Cookie,
    Cookie CookieMask)
{
    /// <summary>What a MODIFY or DELETE selects; a MODIFY doesn't look at what rules do (1.3.5 section
    /// 6.4).</summary>
    public static RuleSelection Of(in FlowMod flowMod, TableSemantics semantics)
    {
        bool isDelete = flowMod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        return new RuleSelection(
            semantics.HasTables ? flowMod.Table : TableId.All,
            isDelete ? flowMod.OutPort : PortNumber.Any,
            isDelete ? flowMod.OutGroup : GroupId.Any,
            flowMod.Cookie,
            flowMod.CookieMask);
    }

    /// <summary>What a request for statistics selects.</summary>
    public static RuleSelection Of(FlowStatisticsRequest request) =>
        new(request.Table, request.OutPort, request.OutGroup, request.Cookie, request.CookieMask);

    /// <summary>Whether a rule, whose match is selected, is selected.</summary>
    public bool Admits(FlowRule rule) => (Table == TableId.All || rule.Key.Table == Table)
        && ((rule.Cookie.Value ^ Cookie.Value) & CookieMask.Value) == 0
        && (OutPort == PortNumber.Any || rule.Instructions.SendsTo(OutPort))
        && (OutGroup == GroupId.Any || rule.Instructions.Uses(OutGroup));
}
