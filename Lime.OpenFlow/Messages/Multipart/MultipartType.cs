namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What a multipart message asks or tells; the values are those of the wire.</summary>
public enum MultipartType : ushort
{
    /// <summary>Manufacturer, hardware, software.</summary>
    Description = 0,

    /// <summary>The rules, one by one.</summary>
    Flow = 1,

    /// <summary>The rules, summed up.</summary>
    Aggregate = 2,

    /// <summary>The tables.</summary>
    Table = 3,

    /// <summary>The ports' counters.</summary>
    PortStatistics = 4,

    /// <summary>The queues' counters.</summary>
    Queue = 5,

    /// <summary>A vendor's.</summary>
    Experimenter = 0xffff,
}
