namespace Lime.Core.Migration;

/// <summary>Who drives the migration of one virtual switch: tells its steps what is wanted, and is told what befalls
/// them.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal interface IMigrationDriver
{
    /// <summary>The migration that it is part of.</summary>
    int Id { get; }

    MigrationPlan Plan { get; }

    /// <summary>Something has happened.</summary>
    void Handle(MigrationEvent migrationEvent);
}
