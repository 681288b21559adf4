using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: what a rule needs and a switch does not list is named. Method: lists made here from the numbers of
/// the
/// specifications.</remarks>
internal sealed class AbilitiesTests
{
    private static readonly FlowMod Routing = new()
    {
        Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0x0a000001)),
        Actions = ActionList.Of(FlowAction.SetEthSource(new MacAddress(1)), FlowAction.Output(new PortNumber(2))),
    };

    [TestCase(0xfffu, null)]
    [TestCase(0xffeu, "the action Output (type 0)")]
    [TestCase(0xfefu, "the action SetEthSource (type 4)")]
    public void In_1_0_a_bit_stands_for_each_action(uint bits, string? expected) => Assert.That(
        OpenFlowCodecs.For(OpenFlowVersion.V10).FindUnlisted(Routing, Features(bits), null), Is.EqualTo(expected));

    [Test]
    public void In_1_3_a_table_lists_fields_instructions_actions_and_what_can_be_set()
    {
        TableProperty instructions = Headers(TablePropertyType.Instructions, 4);
        TableProperty actions = Headers(TablePropertyType.ApplyActions, 0, 25);
        TableProperty fields = Fields(TablePropertyType.Match, OxmId.EthType, OxmId.Ipv4Destination);
        TableProperty settable = Fields(TablePropertyType.ApplySetField, OxmId.EthSource);
        Assert.Multiple(() =>
        {
            Assert.That(Find(Routing, instructions, actions, fields, settable), Is.Null);
            Assert.That(
                Find(Routing, Headers(TablePropertyType.Instructions, 1), actions, fields, settable),
                Is.EqualTo("the instruction ApplyActions (type 4)"));
            Assert.That(
                Find(Routing, instructions, Headers(TablePropertyType.ApplyActions, 25), fields, settable),
                Is.EqualTo("the action Output (type 0)"));
            Assert.That(
                Find(Routing, instructions, actions, Fields(TablePropertyType.Match, OxmId.EthType), settable),
                Is.EqualTo("the field Ipv4Destination"));
            Assert.That(
                Find(Routing, instructions, actions, fields, Fields(TablePropertyType.ApplySetField, OxmId.VlanId)),
                Is.EqualTo("the setting of the field EthSource"));
        });
    }

    /// <remarks>A switch that gives no list, or a list of experimenters' things that says too little, misses
    /// nothing.</remarks>
    [Test]
    public void What_is_not_listed_at_all_is_not_missed()
    {
        Assert.That(Find(Routing), Is.Null);
        Assert.That(OpenFlowCodecs.For(OpenFlowVersion.V13).FindUnlisted(Routing, Features(0), null), Is.Null);
        byte[] vendor = [0xff, 0xff, 0, 16, 0, 0, 0x23, 0x20, 0, 1, 0, 0, 0, 0, 0, 0];
        FlowMod vendors = Routing with { Actions = ActionList.Of(FlowAction.Opaque(vendor)) };
        Assert.That(Find(vendors, Headers(TablePropertyType.ApplyActions, 0)), Is.Null);
    }

    [Test]
    public void Write_actions_have_lists_of_their_own()
    {
        FlowMod writing = Routing with
        {
            Actions = ActionList.Drop,
            Instructions = FlowInstructions.None.WithWriteActions(ActionList.Output(new PortNumber(2))),
        };
        TableProperty apply = Headers(TablePropertyType.ApplyActions, 0);
        Assert.That(Find(writing, apply), Is.Null);
        Assert.That(Find(writing, apply, Headers(TablePropertyType.WriteActions, 22)),
            Is.EqualTo("the action Output (type 0)"));
    }

    /// <remarks>A length in a list that leads nowhere must not loop or read behind it.</remarks>
    [TestCase(0)]
    [TestCase(3)]
    [TestCase(200)]
    public void A_list_with_a_wrong_length_is_read_to_its_end(int length)
    {
        var list = new byte[] { 0, 9, 0, (byte)length, 0, 0, 0, 4 };
        Assert.That(
            () => Find(Routing, new TableProperty(TablePropertyType.ApplyActions, [.. list])), Throws.Nothing);
    }

    private static string? Find(FlowMod flowMod, params TableProperty[] properties) =>
        OpenFlowCodecs.For(OpenFlowVersion.V13).FindUnlisted(
            flowMod, Features(0), new TableFeatures { Properties = [.. properties] });

    private static FeaturesReply Features(uint actionBits) =>
        new(new DatapathId(1), 0, 1, SwitchCapabilities.None, actionBits, []);

    private static TableProperty Headers(TablePropertyType type, params ushort[] numbers)
    {
        var bytes = new byte[numbers.Length * 4];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 4), numbers[i]);
            bytes[(i * 4) + 3] = 4;
        }
        return new TableProperty(type, [.. bytes]);
    }

    private static TableProperty Fields(TablePropertyType type, params OxmId[] ids) => new(
        type, [.. ids.SelectMany(id => new byte[] { 0x80, 0, (byte)((int)id << 1), 6 })]);
}
