using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Networks;

namespace Lime.Tests.Tenants;

/// <summary>How the tenants' network is made.</summary>
internal sealed record TenantBedOptions
{
    public UnknownRulePolicy UnknownRules { get; init; } = UnknownRulePolicy.Adopt;

    public VirtualSwitchQuota RedQuota { get; init; } = VirtualSwitchQuota.None;

    public EmulatedSwitchOptions? Switch { get; init; }

    /// <summary>What happens to the shared switch before it connects.</summary>
    public Action<EmulatedSwitch>? Before { get; init; }
}
