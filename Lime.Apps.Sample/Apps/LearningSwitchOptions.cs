namespace Lime.Apps.Sample.Apps;

/// <summary>How a learning switch works.</summary>
public sealed record LearningSwitchOptions
{
    /// <summary>Seconds without a packet after which a rule goes; 0: never. A rule matches one conversation
    /// exactly, so rules that never went would fill the table; 60 s is what ovs-testcontroller uses
    /// (Floodlight: 5 s).</summary>
    public ushort IdleTimeoutSeconds { get; init; } = 60;

    /// <summary>The rules' priority; Floodlight's is 100. In OpenFlow 1.0 an exact match outranks it
    /// anyway.</summary>
    public ushort Priority { get; init; } = 100;

    /// <summary>Addresses remembered per virtual switch, at least 2; those unheard of for longest are
    /// forgotten.</summary>
    public int AddressesMax { get; init; } = 65_536;
}
