using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>The migration of an ensemble at a moment, as the operator API writes it.</summary>
internal sealed record EnsembleProgressDocument
{
    public required string Phase { get; init; }
    public required string Detail { get; init; }
    public required double ElapsedMs { get; init; }
    public required int RulesCopied { get; init; }
    public required int RulesTotal { get; init; }
    public required int HostsMoved { get; init; }
    public required ImmutableArray<HostDocument> Hosts { get; init; }
    public required int Barriers { get; init; }
    public required int FlowMods { get; init; }
    public required bool IsFinal { get; init; }

    public static EnsembleProgressDocument Of(EnsembleProgress progress) => new()
    {
        Phase = MigrationWords.ToText(progress.Phase),
        Detail = progress.Detail,
        ElapsedMs = progress.Elapsed.TotalMilliseconds,
        RulesCopied = progress.RulesCopied,
        RulesTotal = progress.RulesTotal,
        HostsMoved = progress.HostsMoved,
        Hosts = [.. progress.Hosts.Select(HostDocument.Of)],
        Barriers = progress.Barriers,
        FlowMods = progress.FlowMods,
        IsFinal = progress.IsFinal,
    };
}

/// <summary>One host's move: state "waiting", "moving", "moved", "returning" or "failed".</summary>
internal sealed record HostDocument(string Host, string From, string To, string State)
{
    /// <summary>How long it stood still; null: its mover has not told.</summary>
    public double? PauseMs { get; init; }

    /// <summary>How long the switches took to deliver at the new place.</summary>
    public double? SwitchoverMs { get; init; }

    /// <summary>Whether it was seen to announce itself before its mover told anything.</summary>
    public bool WasSeen { get; init; }
    public string Detail { get; init; } = "";

    public static HostDocument Of(HostMoveReport report) =>
        new(report.Host, report.From.ToString(), report.To.ToString(), MigrationWords.ToText(report.State))
        {
            PauseMs = report.Pause?.TotalMilliseconds,
            SwitchoverMs = report.Switchover?.TotalMilliseconds,
            WasSeen = report.WasSeen,
            Detail = report.Detail,
        };
}
