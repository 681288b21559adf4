using System.IO.Pipelines;
using System.Net;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Hosting;

/// <summary>What a dialer acts by.</summary>
/// <param name="ConnectAsync">Makes a connection.</param>
/// <param name="ServeAsync">Serves a connection until it ends; says why, and whether its handshake was ever
/// done.</param>
/// <param name="WaitAsync">Waits on the loop's clock.</param>
internal sealed record DialerLine(
    Func<EndPoint, CancellationToken, Task<IDuplexPipe>> ConnectAsync,
    Func<IDuplexPipe, Task<(ChannelCloseCause Cause, bool WasReady)>> ServeAsync,
    Func<TimeSpan, CancellationToken, Task> WaitAsync);
