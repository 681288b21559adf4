using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Tables;

/// <summary>Which rules a non-strict command or a request is about (1.3.5 section 6.4, OpenFlow 1.0.0 section
/// 4.6).</summary>
/// <param name="Match">They match nothing but what this matches.</param>
internal sealed record FlowFilter(Match Match)
{
    /// <summary>Every rule.</summary>
    public static FlowFilter All { get; } = new(Match.Any);

    public PortNumber OutPort { get; init; } = PortNumber.Any;

    public GroupId OutGroup { get; init; } = GroupId.Any;

    public Cookie Cookie { get; init; }

    public Cookie CookieMask { get; init; }

    /// <summary>A delete looks at all of it, a modify not at where rules send to.</summary>
    public static FlowFilter Of(in FlowMod mod)
    {
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        return new FlowFilter(mod.Match)
        {
            OutPort = isDelete ? mod.OutPort : PortNumber.Any,
            OutGroup = isDelete ? mod.OutGroup : GroupId.Any,
            Cookie = mod.Cookie,
            CookieMask = mod.CookieMask,
        };
    }

    public static FlowFilter Of(FlowStatisticsRequest request) => new(request.Match)
    {
        OutPort = request.OutPort,
        OutGroup = request.OutGroup,
        Cookie = request.Cookie,
        CookieMask = request.CookieMask,
    };

    public static FlowFilter Of(AggregateStatisticsRequest request) => new(request.Match)
    {
        OutPort = request.OutPort,
        OutGroup = request.OutGroup,
        Cookie = request.Cookie,
        CookieMask = request.CookieMask,
    };

    /// <summary>Whether a rule passes, its match apart.</summary>
    public bool Admits(FlowEntry entry) =>
        ((entry.Cookie.Value ^ Cookie.Value) & CookieMask.Value) == 0
        && (OutPort == PortNumber.Any || entry.SendsTo(OutPort))
        && (OutGroup == GroupId.Any || entry.Uses(OutGroup));
}
