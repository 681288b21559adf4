namespace Lime.OpenFlow;

/// <summary>A message holds something that the connection's OpenFlow version cannot say; thrown on the
/// sender's line.</summary>
public sealed class UnsupportedByVersionException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="version">The version that was negotiated.</param>
    /// <param name="field">The field or message that cannot be said, e.g. <c>FlowMod.CookieMask</c>.</param>
    public UnsupportedByVersionException(OpenFlowVersion version, string field)
        : base($"{field} cannot be expressed in OpenFlow {Name(version)}.")
    {
        Version = version;
        Field = field;
    }

    /// <summary>The negotiated version.</summary>
    public OpenFlowVersion Version { get; }

    /// <summary>The field or message at fault.</summary>
    public string Field { get; }

    private static string Name(OpenFlowVersion version) => version switch
    {
        OpenFlowVersion.V10 => "1.0",
        OpenFlowVersion.V13 => "1.3",
        _ => $"wire version {(byte)version}",
    };
}
