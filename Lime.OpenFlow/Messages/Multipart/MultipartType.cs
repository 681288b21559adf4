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

    /// <summary>1.1 and later: the groups' counters.</summary>
    Group = 6,

    /// <summary>1.1 and later: what the groups do.</summary>
    GroupDescription = 7,

    /// <summary>1.2 and later: what groups the switch can have.</summary>
    GroupFeatures = 8,

    /// <summary>1.3: the meters' counters.</summary>
    Meter = 9,

    /// <summary>1.3: what the meters do.</summary>
    MeterConfiguration = 10,

    /// <summary>1.3: what meters the switch can have.</summary>
    MeterFeatures = 11,

    /// <summary>1.3: what the tables can do, and what they shall.</summary>
    TableFeatures = 12,

    /// <summary>1.3: the ports.</summary>
    PortDescription = 13,

    /// <summary>A vendor's.</summary>
    Experimenter = 0xffff,
}
