using Lime.Core.Emulation;
using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <summary>What became of pings that no host's pause concerns: those whose way there and back, at its longest, meets
/// no
/// pause of either end.</summary>
internal static class PauseCheck
{
    /// <summary>There and back over the link between the sites, with detours of what was on its way.</summary>
    private static readonly TimeSpan WayMax = TimeSpan.FromMilliseconds(90);

    public static void AssertNothingLost(
        IEnumerable<(EmulatedHost From, EmulatedHost To, Pinger Pinger)> pings,
        List<(string Host, TimeSpan From, TimeSpan To)> pauses)
    {
        int sent = 0;
        List<string> lost = [];
        int duplicates = 0;
        foreach ((EmulatedHost from, EmulatedHost to, Pinger pinger) in pings)
        {
            foreach (PingRecord each in pinger.Records)
            {
                duplicates += each.Duplicates;
                bool isConcerned = pauses.Exists(pause => (pause.Host == from.Name || pause.Host == to.Name)
                    && each.SentAt + WayMax >= pause.From && each.SentAt <= pause.To);
                if (isConcerned) continue;
                sent++;
                if (each.ReceivedAt is null) lost.Add($"{from.Name}>{to.Name} {each.SentAt.TotalMilliseconds:F1}");
            }
        }
        string told = string.Join(", ", pauses.Select(
            each => $"{each.Host} {each.From.TotalMilliseconds:F1}-{each.To.TotalMilliseconds:F1}"));
        Assert.That(lost, Is.Empty, $"of {sent}; pauses {told}");
        Assert.That(duplicates, Is.Zero);
        Assert.That(sent, Is.GreaterThan(50));
    }

    /// <summary>Notes the pauses of a migration from its news, which name only the last one of each host.</summary>
    public static List<(string Host, TimeSpan From, TimeSpan To)> Of(
        IEnumerable<EnsembleProgress> news, TimeSpan begun) =>
    [
        .. news.SelectMany(each => each.Hosts).Where(each => each is { PausedAt: not null, Pause: not null })
            .Select(each => (each.Host, begun + each.PausedAt!.Value, begun + each.PausedAt.Value + each.Pause!.Value))
            .Distinct(),
    ];
}
