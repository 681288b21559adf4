using System.IO.Pipelines;

namespace Lime.OpenFlow.Transport;

/// <summary>One end of an in-memory connection.</summary>
internal sealed class PipePair(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
