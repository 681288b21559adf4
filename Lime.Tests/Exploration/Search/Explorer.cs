using System.Diagnostics;
using System.Numerics;
using System.Text;

namespace Lime.Tests.Exploration.Search;

/// <summary>Takes a world through all its runs, but for those that differ in the order of independent steps
/// only.</summary>
/// <remarks>Dynamic partial-order reduction with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas:
/// "Optimal dynamic partial order reduction", POPL 2014, algorithm 1), by running again from the start: nothing of a
/// world is ever restored. Depth first.</remarks>
internal sealed class Explorer(string scope, Func<IExploredWorld> create, ExplorationLimits limits)
{
    private readonly RunPath _path = new();
    private readonly HashSet<ulong> _ends = [];
    private ExplorationReport _report = new(scope);

    /// <summary>Where the exploration is kept from time to time; what is there already is gone on with.</summary>
    public ExplorationFile? File { get; init; }

    /// <summary>The names of the complete runs.</summary>
    public IReadOnlySet<ulong> Ends => _ends;

    /// <summary>Called with each complete run's name.</summary>
    public Action<ulong>? RunEnded { get; set; }

    /// <summary>Called with the name of each state: the sum of its history's steps.</summary>
    public Action<ulong>? StateReached { get; set; }

    public ExplorationReport Run()
    {
        if (File?.TryRead() is { } kept) GoOnWith(kept);
        TimeSpan before = _report.Elapsed;
        TimeSpan written = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        if (_report.IsComplete) return _report;
        do
        {
            RunOnce();
            _report.IsComplete = !TryChooseNext();
            _report.Elapsed = before + watch.Elapsed;
            if (watch.Elapsed - written < ExplorationFile.Interval) continue;
            written = watch.Elapsed;
            Keep();
        }
        while (!_report.IsComplete && _report.Fault is null && watch.Elapsed < limits.TimeMax);
        Keep();
        return _report;
    }

    private void GoOnWith(KeptExploration kept)
    {
        _report = kept.Report;
        foreach (SearchNode each in kept.Steps) _path.Add(each);
        _ends.UnionWith(kept.Ends);
    }

    /// <summary>A fault is not kept: it is found again at once.</summary>
    private void Keep()
    {
        if (_report.Fault is null) File?.Write(_report, _path, _ends);
    }

    private void RunOnce()
    {
        using IExploredWorld world = create();
        try
        {
            for (int i = 0; i + 1 < _path.Count; i++) Replay(world, _path[i]);
            if (_path.Count > 0) Take(world);
            while (TryExtend(world)) { }
        }
        catch (ExplorationException exception)
        {
            _report.Fault = exception.Message;
        }
        _report.LongestRun = Math.Max(_report.LongestRun, _path.Count);
        if (_report.Fault is not null) _report.Fault += TextOfRun();
    }

    private static void Replay(IExploredWorld world, SearchNode node)
    {
        bool isSame = world.Enabled == node.Enabled && world.Step(node.Line) == node.Footprint;
        if (!isSame) throw new InvalidOperationException("The world is not the same when it is run again.");
    }

    /// <returns>False at the end of the run.</returns>
    private bool TryExtend(IExploredWorld world)
    {
        ulong enabled = world.Enabled;
        NoteDisabled(enabled);
        if (enabled == 0)
        {
            _report.Runs++;
            _ends.Add(_path.Name);
            RunEnded?.Invoke(_path.Name);
            _report.Fault = world.FindFault();
            return false;
        }
        if (_path.Count >= limits.StepsMax) throw new ExplorationException("The run does not end.");
        var node = new SearchNode(enabled);
        if (_path.Count > 0) _path.Last.HandSleepTo(node);
        ulong awake = enabled & ~node.Asleep;
        if (awake == 0)
        {
            _report.Pruned++;
            return false;
        }
        node.Line = BitOperations.TrailingZeroCount(awake);
        node.ToTry = 1UL << node.Line;
        _path.Add(node);
        Take(world);
        return true;
    }

    /// <summary>A line whose step was possible and is not any more has to be tried before the step that ended
    /// it.</summary>
    private void NoteDisabled(ulong enabled)
    {
        if (_path.Count == 0) return;
        SearchNode last = _path.Last;
        last.ToTry |= last.Enabled & ~enabled & ~(1UL << last.Line);
    }

    private void Take(IExploredWorld world)
    {
        List<int> races = _path.Take(world);
        _report.States++;
        StateReached?.Invoke(_path.Name);
        foreach (int earlier in races) Reverse(earlier, _path.Count - 1);
    }

    /// <summary>Makes sure that a run is explored in which the later one of two steps in a race comes first.</summary>
    private void Reverse(int earlier, int later)
    {
        SearchNode node = _path[earlier];
        // What does not depend on the earlier step, up to the later one: who can be first in it?
        var rest = new EventSet();
        ulong first = 0;
        for (int i = earlier + 1; i <= later; i++)
        {
            SearchNode each = _path[i];
            if (i != later && each.Before.Contains(earlier)) continue;
            if (!each.Before.Overlaps(rest)) first |= 1UL << each.Line;
            rest.Add(i);
        }
        if ((first & node.ToTry) != 0) return;
        ulong wanted = first & node.Asleep;
        if (wanted == 0) wanted = first & (1UL << _path[later].Line);
        if (wanted == 0) wanted = first & (~first + 1);
        ulong possible = wanted & node.Enabled;
        node.ToTry |= possible != 0 ? possible & (~possible + 1) : node.Enabled;
    }

    private bool TryChooseNext()
    {
        while (_path.Count > 0)
        {
            SearchNode node = _path.Last;
            node.PutToSleep(node.Line, node.Footprint);
            ulong left = node.ToTry & node.Enabled & ~node.Asleep;
            if (left != 0)
            {
                node.Line = BitOperations.TrailingZeroCount(left);
                return true;
            }
            _path.RemoveLast();
        }
        return false;
    }

    private string TextOfRun()
    {
        using IExploredWorld world = create();
        var text = new StringBuilder();
        for (int i = 0; i < _path.Count; i++)
        {
            SearchNode node = _path[i];
            text.Append("\n  ").Append(i).Append(": ").Append(world.Describe(node.Line));
            try
            {
                world.Step(node.Line);
            }
            catch (ExplorationException exception)
            {
                text.Append("\n  ! ").Append(exception.Message);
                break;
            }
        }
        return text.ToString();
    }
}
