namespace Lime.Apps.Sample.Fuzzing;

/// <summary>A frame that is known to be good.</summary>
/// <param name="Name">Version and type, for example <c>1.3 MULTIPART_REPLY FLOW</c>.</param>
/// <param name="Bytes">The frame.</param>
internal sealed record SeedFrame(string Name, byte[] Bytes);
