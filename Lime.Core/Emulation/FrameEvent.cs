namespace Lime.Core.Emulation;

/// <summary>Something that happened to a frame on a link, as a tap sees it.</summary>
/// <remarks>A view: <see cref="Frame"/> is valid until the tap returns.</remarks>
public readonly ref struct FrameEvent
{
    /// <summary>When, in time since the event loop began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>What happened.</summary>
    public FrameEventKind Kind { get; init; }

    /// <summary>On which link.</summary>
    public EmulatedLink Link { get; init; }

    /// <summary>The end that sent it.</summary>
    public LinkEnd From { get; init; }

    /// <summary>The end it is for.</summary>
    public LinkEnd To { get; init; }

    /// <summary>The frame, from its Ethernet header on, without a frame check sequence.</summary>
    public ReadOnlySpan<byte> Frame { get; init; }

    /// <summary>The event in a line, the frame in hexadecimal digits: equal runs give equal lines.</summary>
    public override string ToString() => $"{At.Ticks} {Kind} {From}>{To} {Convert.ToHexStringLower(Frame)}";
}
