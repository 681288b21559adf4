namespace Lime.Tests.Exploration;

/// <summary>Which step of the run is under way; -1: it has not begun.</summary>
internal sealed class StepClock
{
    public int Step { get; set; } = -1;
}
