using System.Collections.Immutable;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Migration;

/// <summary>Collects what is found about a plan, so that an operator gets all of it at once.</summary>
/// <remarks>Threading: one caller's.</remarks>
internal sealed class PlanFindings
{
    private readonly List<MigrationFinding> _all = [];

    /// <summary>Refusals first.</summary>
    public ImmutableArray<MigrationFinding> All => [.. _all.OrderBy(each => each.Kind)];

    public bool HasRefusal => _all.Exists(each => each.Kind == FindingKind.Refusal);

    public void Refuse(FindingTopic topic, string text) => Add(FindingKind.Refusal, topic, text);

    public void Note(FindingTopic topic, string text) => Add(FindingKind.Note, topic, text);

    /// <summary>Does a check that may find that it can't go on; then that is a refusal.</summary>
    public async Task CheckAsync(FindingTopic topic, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (MigrationStepException refusal)
        {
            Refuse(topic, refusal.Message);
        }
        catch (OpenFlowRequestException exception)
        {
            Refuse(topic, exception.Message);
        }
    }

    /// <exception cref="MigrationStepException">There is a refusal; says all of them.</exception>
    public void ThrowIfRefused()
    {
        if (HasRefusal)
        {
            throw new MigrationStepException(string.Join(
                " ", _all.Where(each => each.Kind == FindingKind.Refusal).Select(each => each.Text)));
        }
    }

    private void Add(FindingKind kind, FindingTopic topic, string text)
    {
        var found = new MigrationFinding(kind, topic, text);
        if (!_all.Contains(found)) _all.Add(found);
    }
}
