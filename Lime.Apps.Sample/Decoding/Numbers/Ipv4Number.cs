using System.Text.Json.Nodes;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>An IPv4 address with dots.</summary>
internal sealed class Ipv4Number() : NumberForm(uint.MaxValue, "an IPv4 address, for example 10.0.0.1")
{
    public static Ipv4Number Instance { get; } = new();

    public override JsonNode Write(ulong number) => JsonValue.Create(new Ipv4Address((uint)number).ToString());

    protected override bool TryParse(string text, out ulong number)
    {
        bool isAddress = Ipv4Address.TryParse(text, out Ipv4Address address);
        number = address.Value;
        return isAddress || base.TryParse(text, out number);
    }
}
