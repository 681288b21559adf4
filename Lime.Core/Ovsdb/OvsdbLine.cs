using System.IO.Pipelines;
using Lime.OpenFlow.Transport;

namespace Lime.Core.Ovsdb;

/// <summary>What a client connects and waits by.</summary>
/// <param name="Name">Who is connected to, for messages.</param>
/// <param name="ConnectAsync">Makes a connection; may complete anywhere.</param>
/// <param name="Time">The loop's clock; its timers fire on the loop.</param>
/// <param name="Random">Of the waits between attempts.</param>
internal sealed record OvsdbLine(
    string Name, Func<CancellationToken, Task<IDuplexPipe>> ConnectAsync, TimeProvider Time, Random Random)
{
    /// <summary>A line by a socket.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="loop">Where the transport's continuations run: the client's loop.</param>
    /// <param name="time">That loop's clock.</param>
    public static OvsdbLine By(OvsdbAddress address, PipeScheduler loop, TimeProvider time) => new(
        address.Text,
        stop => TcpOpenFlowConnector.ConnectAsync(address.EndPoint, loop, cancellationToken: stop),
        time,
        new Random());
}
