using System.Text.Json.Nodes;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>An Ethernet address with colons.</summary>
internal sealed class MacNumber() : NumberForm(0xffff_ffff_ffff, "an Ethernet address, for example 02:00:00:00:00:01")
{
    public static MacNumber Instance { get; } = new();

    public override JsonNode Write(ulong number) => JsonValue.Create(new MacAddress(number).ToString());

    protected override bool TryParse(string text, out ulong number)
    {
        bool isMac = MacAddress.TryParse(text, out MacAddress address);
        number = address.Value;
        return isMac || base.TryParse(text, out number);
    }
}
