namespace Lime.Tests.Exploration.Search;

/// <summary>One step of the run that is being explored, and what else could be done in its place.</summary>
internal sealed class SearchNode(ulong enabled)
{
    /// <summary>The lines that could take a step here.</summary>
    public ulong Enabled { get; } = enabled;

    /// <summary>The lines that have to be tried here, those that were among them.</summary>
    public ulong ToTry { get; set; }

    /// <summary>Lines whose next step here leads nowhere new: it was tried before, and nothing that conflicts with it
    /// has happened since.</summary>
    public ulong Asleep { get; set; }

    /// <summary>What the steps of the lines that are asleep would touch.</summary>
    public List<Sleeper> Sleeping { get; init; } = [];

    /// <summary>The line that takes the step.</summary>
    public int Line { get; set; }

    /// <summary>What the step touched.</summary>
    public Footprint Footprint { get; set; }

    /// <summary>The steps that happened before it: it depends on them.</summary>
    public EventSet Before { get; set; } = new();

    /// <summary>The step's name: equal for equal steps with equal pasts.</summary>
    public ulong Name { get; set; }

    /// <summary>The sum of the names up to here: equal for runs that differ in the order of independent steps
    /// only.</summary>
    public ulong State { get; set; }

    public void PutToSleep(int line, in Footprint footprint)
    {
        Asleep |= 1UL << line;
        Sleeping.Add(new Sleeper(line, footprint));
    }

    /// <summary>Lines that sleep here and also behind this node's step.</summary>
    public void HandSleepTo(SearchNode next)
    {
        foreach (Sleeper each in Sleeping)
        {
            if (each.Line != Line && !each.Footprint.ConflictsWith(Footprint))
                next.PutToSleep(each.Line, each.Footprint);
        }
    }
}
