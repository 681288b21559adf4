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
    private readonly List<SearchNode> _path = [];
    private readonly HashSet<ulong> _states = [];
    private readonly List<int> _races = [];
    private readonly ExplorationReport _report = new(scope);

    /// <summary>Called with each complete run's name.</summary>
    public Action<ulong>? RunEnded { get; set; }

    public ExplorationReport Run()
    {
        var watch = Stopwatch.StartNew();
        bool isMore = true;
        while (isMore && _report.Fault is null && _report.Runs < limits.RunsMax && watch.Elapsed < limits.TimeMax)
        {
            RunOnce();
            isMore = TryChooseNext();
        }
        _report.IsComplete = !isMore;
        _report.States = _states.Count;
        _report.Elapsed = watch.Elapsed;
        return _report;
    }

    private void RunOnce()
    {
        using IExploredWorld world = create();
        try
        {
            for (int i = 0; i + 1 < _path.Count; i++) Replay(world, _path[i]);
            if (_path.Count > 0) Take(world, _path.Count - 1);
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
            RunEnded?.Invoke(_path.Count == 0 ? 0 : _path[^1].State);
            _report.Fault = world.FindFault();
            return false;
        }
        if (_path.Count >= limits.StepsMax) throw new ExplorationException("The run does not end.");
        var node = new SearchNode(enabled);
        if (_path.Count > 0) _path[^1].HandSleepTo(node);
        ulong awake = enabled & ~node.Asleep;
        if (awake == 0)
        {
            _report.Pruned++;
            return false;
        }
        node.Line = BitOperations.TrailingZeroCount(awake);
        node.ToTry = 1UL << node.Line;
        _path.Add(node);
        Take(world, _path.Count - 1);
        return true;
    }

    /// <summary>A line whose step was possible and is not any more has to be tried before the step that ended
    /// it.</summary>
    private void NoteDisabled(ulong enabled)
    {
        if (_path.Count == 0) return;
        SearchNode last = _path[^1];
        last.ToTry |= last.Enabled & ~enabled & ~(1UL << last.Line);
    }

    /// <summary>Takes a step that was not taken before, and finds the earlier ones that it might have come
    /// before.</summary>
    private void Take(IExploredWorld world, int place)
    {
        SearchNode node = _path[place];
        var before = new EventSet();
        foreach (int cause in world.CausesOf(node.Line)) Precede(before, cause);
        int last = place - 1;
        while (last >= 0 && _path[last].Line != node.Line) last--;
        Precede(before, last);
        _races.Clear();
        _races.AddRange(world.RivalsOf(node.Line).Where(rival => rival >= 0));
        node.Footprint = world.Step(node.Line);
        _report.Steps++;
        for (int earlier = place - 1; earlier >= 0; earlier--)
        {
            // One that is before another that is before this one is not next to it: no race between the two.
            bool isRace = !before.Contains(earlier) && _path[earlier].Footprint.ConflictsWith(node.Footprint);
            if (!isRace) continue;
            _races.Add(earlier);
            Precede(before, earlier);
        }
        node.Before = before;
        Name(place);
        foreach (int earlier in _races) Reverse(earlier, place);
    }

    private void Precede(EventSet before, int place)
    {
        if (place < 0) return;
        before.Add(place);
        before.UnionWith(_path[place].Before);
    }

    private void Name(int place)
    {
        SearchNode node = _path[place];
        int ordinal = 0;
        ulong past = 0;
        for (int i = 0; i < place; i++)
        {
            if (_path[i].Line == node.Line) ordinal++;
            if (node.Before.Contains(i)) past += _path[i].Name;
        }
        node.Name = Mix(past ^ Mix(((ulong)(uint)node.Line << 32) | (uint)ordinal));
        node.State = node.Name + (place == 0 ? 0 : _path[place - 1].State);
        _states.Add(node.State);
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
            SearchNode node = _path[^1];
            node.PutToSleep(node.Line, node.Footprint);
            ulong left = node.ToTry & node.Enabled & ~node.Asleep;
            if (left != 0)
            {
                node.Line = BitOperations.TrailingZeroCount(left);
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    private string TextOfRun()
    {
        using IExploredWorld world = create();
        var text = new StringBuilder();
        int place = 0;
        foreach (SearchNode node in _path)
        {
            text.Append("\n  ").Append(place++).Append(": ").Append(world.Describe(node.Line));
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

    /// <summary>The finalizer of splitmix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9e37_79b9_7f4a_7c15;
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
