using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>Rules of Lime's own on one physical switch that pass tunnels' frames on, by the port that they come in at
/// and
/// their label. They belong to no virtual switch: apps don't see them.</summary>
/// <remarks>Life cycle: as long as the switch; what it is to have is given to it again when it is back. Threading: the
/// owner loop's.</remarks>
internal sealed class CarrierRules(PhysicalSwitch physical)
{
    /// <summary>Marks them ("LimeTunl").</summary>
    public static readonly Cookie Mark = new(0x4c69_6d65_5475_6e6c);

    /// <summary>Above all else, a fence too: what they match is nobody else's.</summary>
    public const ushort Priority = ushort.MaxValue;

    private readonly Dictionary<Match, ActionList> _wanted = [];

    /// <summary>How many there are to be.</summary>
    public int Count => _wanted.Count;

    /// <summary>Whether one of them has this match.</summary>
    public bool Has(in Match match) => _wanted.ContainsKey(match);

    /// <summary>Whether an entry found on the switch is one that is to be there.</summary>
    public bool IsWanted(FlowStatistics entry) => entry.Cookie == Mark
        && _wanted.Keys.Any(each => MatchNormalisation.Normalise(each) == MatchNormalisation.Normalise(entry.Match));

    /// <summary>Adds one, or has the one with the same match do something else.</summary>
    public void Put(in Match match, ActionList actions)
    {
        _wanted[match] = actions;
        Send(FlowModCommand.Add, match, actions);
    }

    /// <summary>Takes one away, if it is there.</summary>
    public void Remove(in Match match)
    {
        if (_wanted.Remove(match)) Send(FlowModCommand.DeleteStrict, match, ActionList.Drop);
    }

    /// <summary>The switch is back: it is given what it may have lost, and what was to go meanwhile goes.</summary>
    /// <exception cref="OpenFlowRequestException">It doesn't answer.</exception>
    public async Task RestoreAsync()
    {
        foreach ((Match match, ActionList actions) in _wanted) Send(FlowModCommand.Add, match, actions);
        ImmutableArray<FlowStatistics> found =
        [
            .. (await physical.RequestAllAsync(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
                .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows),
        ];
        foreach (FlowStatistics entry in found)
        {
            if (entry.Cookie != Mark || IsWanted(entry) || physical.Channel is not { } channel) continue;
            physical.Send(channel.NextXid(), EntryDeletion.Of(entry, physical.Semantics));
        }
    }

    private void Send(FlowModCommand command, in Match match, ActionList actions)
    {
        if (physical.Channel is not { } channel) return;
        physical.Send(channel.NextXid(), new FlowMod
        {
            Command = command,
            Match = match,
            Priority = Priority,
            Cookie = Mark,
            Actions = actions,
        });
    }
}
