using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Switches;

public sealed class XidTrailTests
{
    private const int Remembered = 8192;

    /// <remarks>Method: ids in random runs and gaps, Lime's own between them, over the wrap of 32 bits; what was noted
    /// of
    /// the last 8,192 messages is the reference.</remarks>
    [TestCase(0u, 1.0)]
    [TestCase(uint.MaxValue - 9000, 0.3)]
    [TestCase(uint.MaxValue - 100, 0.01)]
    public void Messages_are_known_by_the_command_that_they_came_from(uint first, double breaks)
    {
        var random = new Random(5);
        var trail = new XidTrail();
        var expected = new List<(uint Physical, uint App)>();
        (uint physical, uint app) = (first, 17);
        for (int i = 0; i < 30_000; i++)
        {
            bool isBreak = random.NextDouble() < breaks;
            // Requests use ids of the connection, too: those of messages have gaps.
            physical += isBreak ? (uint)random.Next(1, 3) : 1;
            app += isBreak ? (uint)random.Next(1, 5) : 1;
            uint noted = isBreak && random.Next(2) == 0 ? 0 : app;
            trail.Add(new Xid(physical), new Xid(noted));
            expected.Add((physical, noted));
        }
        foreach ((uint sent, uint by) in expected)
        {
            bool isRecent = physical - sent < Remembered;
            Xid? wanted = isRecent && by != 0 ? new Xid(by) : null;
            Assert.That(trail.Find(new Xid(sent)), Is.EqualTo(wanted), $"{sent:x} of {physical:x}");
        }
        Assert.That(trail.Find(new Xid(physical + 1)), Is.Null);
    }
}
