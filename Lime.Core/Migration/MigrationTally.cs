namespace Lime.Core.Migration;

/// <summary>What a migration has done so far, counted by its steps.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class MigrationTally(Action changed)
{
    public int RulesTotal { get; set; }

    public int RulesCopied { get; private set; }

    public int Barriers { get; private set; }

    public int FlowMods { get; private set; }

    public void RulesWereCopied(int count)
    {
        RulesCopied += count;
        changed();
    }

    public void BarrierWasAnswered() => Barriers++;

    public void FlowModsWereSent(int count) => FlowMods += count;
}
