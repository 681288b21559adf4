using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Lime.Benchmarks.Processes;

/// <summary>Hears of the pauses of another .NET process, by its diagnostic port (EventPipe).</summary>
/// <remarks>A pause lasts from the runtime's first step to stop the threads until it has set them free again; stops for
/// other reasons than a collection aren't counted. Life cycle: <see cref="TryAttach"/>, then <see cref="Finish"/> once,
/// or <see cref="Dispose"/>. Threading: the events come on a thread of its own, which has ended after
/// <see cref="Finish"/>.</remarks>
internal sealed class GcPauseWatch : IDisposable
{
    private readonly EventPipeSession _session;
    private readonly Thread _reading;
    private readonly List<(DateTime EndedAt, double Ms)> _pauses = [];
    private double? _stoppedAtMs;

    private GcPauseWatch(EventPipeSession session)
    {
        _session = session;
        _reading = new Thread(Read) { IsBackground = true, Name = "GC pauses" };
        _reading.Start();
    }

    /// <summary>Begins to listen; null if the process isn't a .NET one, or doesn't answer.</summary>
    public static GcPauseWatch? TryAttach(int processId)
    {
        var provider = new EventPipeProvider(
            ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC);
        try
        {
            return new GcPauseWatch(new DiagnosticsClient(processId).StartEventPipeSession([provider], false));
        }
        catch (Exception exception) when (exception is ServerNotAvailableException or IOException)
        {
            return null;
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>Every pause that was heard of.</returns>
    public IReadOnlyList<(DateTime EndedAt, double Ms)> Finish()
    {
        try
        {
            _session.Stop();
        }
        catch (Exception exception) when (exception is ServerNotAvailableException or IOException)
        {
            // The process has ended, and with it its events.
            _session.Dispose();
        }
        _reading.Join();
        return _pauses;
    }

    public void Dispose() => _session.Dispose();

    private void Read()
    {
        try
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Clr.GCSuspendEEStart += OnStop;
            source.Clr.GCRestartEEStop += OnRestart;
            source.Process();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or FormatException)
        {
            // Cut off: what was heard until then counts.
            _stoppedAtMs = null;
        }
    }

    private void OnStop(GCSuspendEETraceData stop) =>
        _stoppedAtMs = stop.Reason is GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep
            ? stop.TimeStampRelativeMSec
            : null;

    private void OnRestart(GCNoUserDataTraceData restart)
    {
        if (_stoppedAtMs is { } from) _pauses.Add((restart.TimeStamp, restart.TimeStampRelativeMSec - from));
        _stoppedAtMs = null;
    }
}
