using System.Runtime.InteropServices;

namespace Lime.Apps.Sample.Commands;

/// <summary>Turns the first SIGINT (Ctrl-C) or SIGTERM into a cancelled token, so that a command can end
/// cleanly.</summary>
/// <remarks>The second signal is left to the system, which kills the process: a way out if the clean end
/// hangs.</remarks>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration each in _registrations) each.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        if (_stop.IsCancellationRequested) return;
        signal.Cancel = true;
        _stop.Cancel();
    }
}
