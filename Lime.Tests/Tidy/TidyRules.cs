namespace Lime.Tests.Tidy;

/// <summary>Every rule there is.</summary>
internal static class TidyRules
{
    public static IReadOnlyList<ITidyRule> All { get; } =
    [
        new LineWidth(),
        new ParameterCount(),
        new OnePublicType(),
        new NamespaceIsFolder(),
        new TypeNames(),
        new PartialTypes(),
        new NothingUnfinished(),
        new Suppressions(),
        new EmptyCatch(),
        new NoBlocking(),
        new PlainCode(),
        new FolderWalls(),
        new ForeignLibraries(),
        new NeutralAboveWire(),
    ];
}
