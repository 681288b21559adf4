using Lime.Core.Migration;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>Carries out what has to go on whatever is met on the way: undoing a migration, and ending
/// one.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class BestEffort
{
    private readonly List<string> _met = [];

    /// <summary>What was met, in sentences for the operator; empty if nothing was.</summary>
    public string Text => _met.Count == 0 ? "" : $" Not all went well: {string.Join(' ', _met)}";

    /// <summary>Does one thing; a switch that fails it is noted.</summary>
    public async Task DoAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (exception
            is OpenFlowRequestException or MigrationStepException or OperationCanceledException)
        {
            _met.Add(exception.Message);
        }
    }
}
