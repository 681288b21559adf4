using System.CommandLine;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Commands;

/// <summary>The options of <c>migrate</c> that say how much apps' rule changes may cost.</summary>
internal sealed class BudgetOptions
{
    private static readonly UpdateBudgets Defaults = new();

    private readonly Option<int> _heldPackets = OptionText.Count(
        "--held-packets", "COUNT", "Abort if more packets than that wait for a rule change at once",
        Defaults.HeldPacketsMax, (1, 1_000_000));

    private readonly Option<int> _heldBytes = OptionText.Count(
        "--held-bytes", "BYTES", "Abort if more bytes of packets than that wait for a rule change at once",
        (int)Defaults.HeldBytesMax, (1, 1 << 30));

    private readonly Option<int> _packetIns = OptionText.Count(
        "--guard-packet-ins", "COUNT", "Abort if more packets than that come to the controller in a second because of "
        + "rule changes", Defaults.GuardPacketInsPerSecondMax, (1, 10_000_000));

    private readonly Option<int> _updateTime = OptionText.Count(
        "--update-time", "MILLISECONDS", "Abort if a rule change takes longer",
        (int)Defaults.UpdateTimeMax.TotalMilliseconds, (1, 3_600_000));

    public void AddTo(Command command)
    {
        command.Options.Add(_heldPackets);
        command.Options.Add(_heldBytes);
        command.Options.Add(_packetIns);
        command.Options.Add(_updateTime);
    }

    public BudgetsDocument Read(ParseResult parsed) => new()
    {
        HeldPacketsMax = (uint)parsed.GetValue(_heldPackets),
        HeldBytesMax = (uint)parsed.GetValue(_heldBytes),
        GuardPacketInsPerSecondMax = (uint)parsed.GetValue(_packetIns),
        UpdateTimeMaxMs = parsed.GetValue(_updateTime),
    };
}
