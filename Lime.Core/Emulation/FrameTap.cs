namespace Lime.Core.Emulation;

/// <summary>Sees what happens to every frame on every link, on the network's loop; it must not
/// send.</summary>
/// <param name="frameEvent">What happened.</param>
public delegate void FrameTap(in FrameEvent frameEvent);
