using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Rules;
using Lime.Core.Switches;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <summary>What has to hold of the Figure 3 network whenever no migration is under way.</summary>
internal sealed class QuietNetwork(FigureThreeBed lab)
{
    private readonly string[] _rules = lab.RulesOf(lab.S3);

    public void AssertHolds(bool isMoved, string what)
    {
        (EmulatedSwitch full, EmulatedSwitch empty) = isMoved ? (lab.S4, lab.S3) : (lab.S3, lab.S4);
        Assert.That(lab.RulesOf(full), Is.EqualTo(_rules), what);
        Assert.That(empty.FlowCount, Is.Zero, what);
        VirtualSwitch moved = lab.Moved;
        Assert.That(moved.Mode, Is.EqualTo(CloneMode.Single), what);
        Assert.That(moved.Follower, Is.Null, what);
        Assert.That(moved.Live.Select(each => each.Physical.Name), Is.EqualTo(new[] { full.Name }), what);
        Assert.That(moved.Table.Rules.Where(each => each.Emulated is not null), Is.Empty, what);
        PhysicalSwitchStatus spare = lab.Bed.Controller.PhysicalSwitches.Single(each => each.Name == empty.Name);
        Assert.That((spare.Use, spare.Realises), Is.EqualTo((PhysicalSwitchUse.Spare, (string?)null)), what);
        uint outward = isMoved ? 3u : 2u;
        AssertNeighbour("s1", $"1>{outward} {outward}>1", what);
        AssertNeighbour("s2", isMoved ? "2>3 3>2" : "1>2 2>1", what);
    }

    private void AssertNeighbour(string name, string expected, string what)
    {
        IEnumerable<string> rules = lab.Bed.Network.Switch(name).Flows
            .Where(each => each.Cookie != TableMissRule.Mark)
            .Select(each => $"{each.Match.InPort}>{each.Actions[0].Port}").Order();
        Assert.That(string.Join(' ', rules), Is.EqualTo(expected), $"{what}: {name}");
    }
}
