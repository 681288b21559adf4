namespace Lime.Tests.Checking;

/// <summary>Gathers what a check finds.</summary>
internal sealed class ViolationList
{
    private readonly List<Violation> _found = [];

    public IReadOnlyList<Violation> Found => _found;

    public void Add(ViolationKind kind, string what, int eventIndex) =>
        _found.Add(new Violation(kind, what, eventIndex));
}
