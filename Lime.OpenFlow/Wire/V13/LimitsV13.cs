namespace Lime.OpenFlow.Wire.V13;

/// <summary>What OpenFlow 1.3 cannot say.</summary>
internal static class LimitsV13
{
    /// <summary>The error to throw for a field that has no form in OpenFlow 1.3.</summary>
    public static UnsupportedByVersionException Unsupported(string field) => new(OpenFlowVersion.V13, field);
}
