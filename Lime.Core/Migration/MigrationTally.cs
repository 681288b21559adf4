namespace Lime.Core.Migration;

/// <summary>What a migration has done so far, counted by its steps.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
/// <param name="changed">Told of news for those who watch.</param>
/// <param name="costsChanged">Told of news that they may look for, but that come too often to be told.</param>
internal sealed class MigrationTally(Action changed, Action costsChanged)
{
    /// <summary>What the apps' rule changes have cost so far.</summary>
    public UpdateCosts Costs { get; private set; } = new();

    public int RulesTotal { get; set; }

    public int RulesCopied { get; private set; }

    public int Barriers { get; private set; }

    public int FlowMods { get; private set; }

    public void RulesWereCopied(int count)
    {
        RulesCopied += count;
        changed();
    }

    public void CostsAre(UpdateCosts costs)
    {
        Costs = costs;
        costsChanged();
    }

    public void BarrierWasAnswered() => Barriers++;

    public void FlowModsWereSent(int count) => FlowMods += count;
}
