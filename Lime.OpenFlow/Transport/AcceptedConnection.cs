using System.IO.Pipelines;
using System.Net;

namespace Lime.OpenFlow.Transport;

/// <summary>A connection that a listener accepted.</summary>
/// <param name="Transport">The bytes; disposable, and disposed by the channel it is given to.</param>
/// <param name="Remote">Who connected.</param>
/// <param name="Loop">Where its continuations run, as chosen for it.</param>
public sealed record AcceptedConnection(IDuplexPipe Transport, EndPoint Remote, PipeScheduler Loop);
