namespace Lime.Apps.Sample.TwoSites;

/// <summary>A frame that was sent over the link between the sites.</summary>
/// <param name="At">When.</param>
/// <param name="Bytes">Its length, the tunnel's tag left out.</param>
internal readonly record struct LinkFrame(TimeSpan At, int Bytes);
