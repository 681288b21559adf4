namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Bytes that may hold messages, back to back.</summary>
/// <param name="Name">Where they come from, for people: a file's path, <c>stdin</c>, <c>argument 2</c>.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record ByteSource(string Name, ReadOnlyMemory<byte> Bytes);
