using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Calls the apps, in order; an app that throws is counted and named, and the next one goes
/// on.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed partial class AppChain(ImmutableArray<IControllerApp> apps, ILogger logger)
{
    private readonly IControllerApp[] _apps = [.. apps];
    private readonly long[] _failures = new long[apps.Length];

    /// <summary>How often each app has thrown, by name; may be read from any thread.</summary>
    public IEnumerable<(string Name, long Failures)> Failures =>
        _apps.Select((app, index) => (app.Name, Volatile.Read(ref _failures[index])));

    public void SwitchUp(IVirtualSwitch virtualSwitch) =>
        ForEach((app, _) =>
        {
            app.OnSwitchUp(virtualSwitch);
            return AppVerdict.Continue;
        }, 0);

    public void SwitchDown(IVirtualSwitch virtualSwitch) =>
        ForEach((app, _) =>
        {
            app.OnSwitchDown(virtualSwitch);
            return AppVerdict.Continue;
        }, 0);

    public void Drained(IVirtualSwitch virtualSwitch) =>
        ForEach((app, _) =>
        {
            app.OnDrained(virtualSwitch);
            return AppVerdict.Continue;
        }, 0);

    public void FlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved message) =>
        ForEach((app, each) => app.OnFlowRemoved(virtualSwitch, each), message);

    public void PortStatus(IVirtualSwitch virtualSwitch, PortStatus message) =>
        ForEach((app, each) => app.OnPortStatus(virtualSwitch, each), message);

    public void Error(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error) =>
        ForEach((app, each) => app.OnError(virtualSwitch, xid, each), error);

    /// <summary>The packet path: no delegate, no allocation.</summary>
    public void PacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        for (int i = 0; i < _apps.Length; i++)
        {
            try
            {
                if (_apps[i].OnPacketIn(virtualSwitch, packetIn) == AppVerdict.Stop) return;
            }
            catch (Exception exception)
            {
                Failed(i, exception);
            }
        }
    }

    private void ForEach<T>(Func<IControllerApp, T, AppVerdict> call, T message)
    {
        for (int i = 0; i < _apps.Length; i++)
        {
            try
            {
                if (call(_apps[i], message) == AppVerdict.Stop) return;
            }
            catch (Exception exception)
            {
                Failed(i, exception);
            }
        }
    }

    private void Failed(int index, Exception exception)
    {
        long count = ++_failures[index];
        // An app that fails for every packet must not fill the log: powers of two tell enough.
        if (long.IsPow2(count)) LogAppFailed(logger, _apps[index].Name, count, exception);
    }

    [LoggerMessage(100, LogLevel.Error, "App {App} threw (for the {Count}. time); the other apps go on.")]
    private static partial void LogAppFailed(ILogger logger, string app, long count, Exception exception);
}
