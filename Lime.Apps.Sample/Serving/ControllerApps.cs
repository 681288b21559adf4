using Lime.Apps.Sample.Apps;
using Lime.Core.Apps;

namespace Lime.Apps.Sample.Serving;

/// <summary>The apps that <c>--app</c> knows.</summary>
internal static class ControllerApps
{
    public static IReadOnlyList<string> Names { get; } = ["learning-switch", "hub"];

    public static IControllerApp Create(string name, ushort idleTimeoutSeconds) => name == "hub"
        ? new Hub()
        : new LearningSwitch(new LearningSwitchOptions { IdleTimeoutSeconds = idleTimeoutSeconds });
}
