using System.IO.Pipelines;
using System.Net;

namespace Lime.OpenFlow.Transport;

/// <summary>What a listener asks and tells.</summary>
/// <remarks>Threading: called on the thread pool, one call at a time. An exception out of the first two
/// costs that connection and is reported to the third.</remarks>
/// <param name="ChooseLoop">Gives the loop that a new connection will live on.</param>
/// <param name="OnAccepted">Takes the connection.</param>
/// <param name="OnAcceptFailed">Learns why a connection was not accepted; the listener goes on. Does not
/// throw.</param>
public sealed record TcpListenerCallbacks(
    Func<EndPoint, PipeScheduler> ChooseLoop,
    Action<AcceptedConnection> OnAccepted,
    Action<Exception> OnAcceptFailed);
