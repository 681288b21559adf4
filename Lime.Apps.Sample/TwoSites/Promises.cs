using System.Globalization;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>What a migration promises, held against what it did.</summary>
internal static class Promises
{
    /// <summary>A host may stand still so long.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(100);

    /// <summary>Those that were broken, in sentences.</summary>
    public static IReadOnlyList<string> BrokenBy(TwoSitesResult result)
    {
        List<string> broken = [];
        void Require(bool isKept, FormattableString otherwise)
        {
            if (!isKept) broken.Add(otherwise.ToString(CultureInfo.InvariantCulture));
        }

        Require(result.End.Phase == MigrationPhase.Completed, $"it ended {result.End.Phase}: {result.End.Detail}");
        Require(result.HostsLeft == 0, $"{result.HostsLeft} hosts are at the old site");
        Require(result.RulesLeft == 0, $"{result.RulesLeft} rules are left at the old site");
        Require(result.TunnelRulesLeft == 0, $"{result.TunnelRulesLeft} rules of tunnels are left");
        Require(result.Answered > 0, $"no request was answered");
        Require(result.Duplicates == 0, $"{result.Duplicates} packets arrived twice");
        Require(result.Leaks == 0, $"{result.Leaks} of {result.Attempts} packets passed the firewall");
        Require(result.Surprises == 0, $"the tenant's app was told {result.Surprises} errors or changes of ports");
        Require(result.Other.NoticedNothing, $"the other tenant noticed it: {Describe(result.Other)}");
        // Freeze-and-copy promises no more; it is here to be compared with.
        if (result.Method != MigrationMethod.Clone) return broken;
        Require(result.Lost == 0, $"{result.Lost} requests were lost though no host on their way stood still");
        Require(
            result.PauseMax <= PauseMax,
            $"a host stood still for {Ms(result.PauseMax)} ms, more than {Ms(PauseMax)}");
        return broken;
    }

    /// <summary>The other tenant's lot, in one line.</summary>
    public static string Describe(OtherFigures other) => string.Create(
        CultureInfo.InvariantCulture,
        $"{other.During.Sent} pings, {other.During.Lost} lost, {other.During.Duplicates} doubled, at most "
        + $"{Ms(other.During.RoundTripMax)} ms (before: {Ms(other.Before.RoundTripMax)} ms); {other.Strangers} packets "
        + $"of the other tenant came to it");

    private static string Ms(TimeSpan? time) => time is { } known
        ? known.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)
        : "-";
}
