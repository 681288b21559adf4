namespace Lime.OpenFlow.Wire.V10;

/// <summary>What OpenFlow 1.0 cannot say.</summary>
internal static class LimitsV10
{
    /// <summary>The error to throw for a field that has no form in OpenFlow 1.0.</summary>
    public static UnsupportedByVersionException Unsupported(string field) => new(OpenFlowVersion.V10, field);
}
