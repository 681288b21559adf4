using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>A message's bytes and where they were found.</summary>
/// <param name="Source">The source.</param>
/// <param name="Offset">Bytes of the source before it.</param>
/// <param name="Bytes">The message; where there is a fault all that is left.</param>
/// <param name="Fault">Why this is no whole message; null if it is one.</param>
internal sealed record CutFrame(
    ByteSource Source, int Offset, ReadOnlyMemory<byte> Bytes, OpenFlowProtocolException? Fault)
{
    public string Place => $"{Source.Name}: offset {Offset}";
}
