namespace Lime.Core.Ovsdb;

/// <summary>What an atom is (RFC 7047 section 5.1).</summary>
internal enum OvsdbAtomKind
{
    String,
    Integer,
    Real,
    Boolean,

    /// <summary>A row's UUID.</summary>
    Uuid,

    /// <summary>The name that an insert of the same transaction gives its row.</summary>
    NamedUuid,
}
