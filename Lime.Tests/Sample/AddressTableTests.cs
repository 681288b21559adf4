using Lime.Apps.Sample.Apps;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the table of a learning switch stays within its bound and forgets the silent
/// first.</remarks>
internal sealed class AddressTableTests
{
    [Test]
    public void A_hundred_thousand_addresses_leave_no_more_than_the_bound()
    {
        var table = new AddressTable(100);
        for (uint i = 0; i < 100_000; i++)
        {
            table.Learn(new MacAddress(i), 0, new PortNumber(1));
            Assert.That(table.Count, Is.LessThanOrEqualTo(100));
        }
        Assert.That(table.TryFind(new MacAddress(99_999), 0, out _), Is.True);
        Assert.That(table.TryFind(new MacAddress(0), 0, out _), Is.False);
    }

    [Test]
    public void An_address_that_is_asked_for_again_and_again_is_kept()
    {
        var table = new AddressTable(100);
        var busy = new MacAddress(0xbeef00);
        table.Learn(busy, 0, new PortNumber(7));
        for (uint i = 0; i < 10_000; i++)
        {
            table.Learn(new MacAddress(i), 0, new PortNumber(1));
            Assert.That(table.TryFind(busy, 0, out LearnedPort learned), Is.True, $"after {i} others");
            Assert.That(learned.Port, Is.EqualTo(new PortNumber(7)));
        }
    }

    [Test]
    public void Learning_tells_where_an_address_was_only_when_it_has_moved()
    {
        var table = new AddressTable(10);
        var address = new MacAddress(1);

        Assert.That(table.Learn(address, 0, new PortNumber(1)), Is.Null);
        Assert.That(table.Learn(address, 0, new PortNumber(1)), Is.Null);
        Assert.That(table.Learn(address, 0, new PortNumber(2)), Is.EqualTo(new PortNumber(1)));
        Assert.That(table.Learn(address, 5, new PortNumber(3)), Is.Null);
    }
}
