namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What a table's property lists (ofp_table_feature_prop_type; the values are those of the wire). Where there
/// are two, the second is for the table-miss rule.</summary>
public enum TablePropertyType : ushort
{
    /// <summary>Instructions.</summary>
    Instructions = 0,

    /// <summary>Instructions of the table-miss rule.</summary>
    InstructionsMiss = 1,

    /// <summary>Tables it can go to.</summary>
    NextTables = 2,

    /// <summary>Tables the table-miss rule can go to.</summary>
    NextTablesMiss = 3,

    /// <summary>Write-actions.</summary>
    WriteActions = 4,

    /// <summary>Write-actions of the table-miss rule.</summary>
    WriteActionsMiss = 5,

    /// <summary>Apply-actions.</summary>
    ApplyActions = 6,

    /// <summary>Apply-actions of the table-miss rule.</summary>
    ApplyActionsMiss = 7,

    /// <summary>Fields it can match.</summary>
    Match = 8,

    /// <summary>Fields it can leave out.</summary>
    Wildcards = 10,

    /// <summary>Fields that write-actions can set.</summary>
    WriteSetField = 12,

    /// <summary>Fields that write-actions of the table-miss rule can set.</summary>
    WriteSetFieldMiss = 13,

    /// <summary>Fields that apply-actions can set.</summary>
    ApplySetField = 14,

    /// <summary>Fields that apply-actions of the table-miss rule can set.</summary>
    ApplySetFieldMiss = 15,

    /// <summary>An experimenter's.</summary>
    Experimenter = 0xfffe,

    /// <summary>An experimenter's, of the table-miss rule.</summary>
    ExperimenterMiss = 0xffff,
}
