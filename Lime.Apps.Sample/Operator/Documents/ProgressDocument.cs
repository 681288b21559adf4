using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A migration at a moment, as the operator API writes it.</summary>
internal sealed record ProgressDocument
{
    public required string Phase { get; init; }
    public required string Detail { get; init; }
    public required double ElapsedMs { get; init; }
    public required int RulesCopied { get; init; }
    public required int RulesTotal { get; init; }
    public required int AttachmentsMoved { get; init; }
    public required int AttachmentsTotal { get; init; }
    public required int Barriers { get; init; }
    public required int FlowMods { get; init; }
    public required CostsDocument Costs { get; init; }
    public required bool IsFinal { get; init; }

    public static ProgressDocument Of(MigrationProgress progress) => new()
    {
        Phase = MigrationWords.ToText(progress.Phase),
        Detail = progress.Detail,
        ElapsedMs = progress.Elapsed.TotalMilliseconds,
        RulesCopied = progress.RulesCopied,
        RulesTotal = progress.RulesTotal,
        AttachmentsMoved = progress.AttachmentsMoved,
        AttachmentsTotal = progress.AttachmentsTotal,
        Barriers = progress.Barriers,
        FlowMods = progress.FlowMods,
        Costs = CostsDocument.Of(progress.Costs),
        IsFinal = progress.IsFinal,
    };
}
