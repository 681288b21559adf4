using System.Diagnostics;
using Lime.Apps.Sample.Commands;

namespace Lime.Benchmarks.Processes;

/// <summary>The process that is measured, seen from outside.</summary>
/// <remarks>Processor time and memory are the operating system's (on Linux from /proc: the time in steps of 10 ms),
/// so any controller can be looked at; pauses are told by a .NET process only. Life cycle: <see cref="Begin"/>,
/// <see cref="Sample"/> at times, <see cref="End"/>, <see cref="FinishAsync"/>. Threading: one thread at a
/// time.</remarks>
internal sealed class ControllerProcess : IDisposable
{
    private readonly Process _process;
    private readonly GcPauseWatch? _pauses;
    private (DateTime At, TimeSpan Cpu) _begin;
    private (DateTime At, TimeSpan Cpu) _end;
    private long _residentBytesMax;

    private ControllerProcess(Process process)
    {
        _process = process;
        _pauses = GcPauseWatch.TryAttach(process.Id);
    }

    /// <summary>Begins to look at a process.</summary>
    /// <exception cref="CommandFailedException">There is none with this id.</exception>
    public static ControllerProcess Attach(int id)
    {
        try
        {
            return new ControllerProcess(Process.GetProcessById(id));
        }
        catch (ArgumentException)
        {
            throw new CommandFailedException($"--pid {id}: there is no such process.");
        }
    }

    /// <summary>What follows counts.</summary>
    public void Begin()
    {
        _begin = Read();
        _residentBytesMax = 0;
        Sample();
    }

    /// <summary>Looks at the memory.</summary>
    public void Sample()
    {
        _process.Refresh();
        if (!_process.HasExited) _residentBytesMax = Math.Max(_residentBytesMax, _process.WorkingSet64);
    }

    /// <summary>What follows doesn't count.</summary>
    public void End()
    {
        Sample();
        _end = Read();
    }

    /// <summary>What it used between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public async Task<ProcessCost> FinishAsync()
    {
        // Its stream ends when the process has handed over what it holds, which takes a moment.
        IReadOnlyList<(DateTime EndedAt, double Ms)>? pauses =
            _pauses is null ? null : await Task.Run(_pauses.Finish);
        return new ProcessCost
        {
            CpuSeconds = (_end.Cpu - _begin.Cpu).TotalSeconds,
            ResidentBytesMax = _residentBytesMax,
            Pauses = pauses is null ? null : GcPauseSummary.Of(pauses, _begin.At, _end.At),
        };
    }

    public void Dispose()
    {
        _pauses?.Dispose();
        _process.Dispose();
    }

    private (DateTime At, TimeSpan Cpu) Read()
    {
        _process.Refresh();
        return (DateTime.Now, _process.HasExited ? _end.Cpu : _process.TotalProcessorTime);
    }
}
