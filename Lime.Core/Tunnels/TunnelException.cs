namespace Lime.Core.Tunnels;

/// <summary>A tunnel port could not be made or removed.</summary>
internal sealed class TunnelException(TunnelFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public TunnelFailure Failure => failure;
}
