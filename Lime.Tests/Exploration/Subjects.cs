namespace Lime.Tests.Exploration;

/// <summary>What a step can touch, by the bit of its footprint.</summary>
internal static class Subjects
{
    /// <summary>Lime: controller, app and migration are one process.</summary>
    public const int Lime = 0;

    /// <summary>The order of what leaves the system (deliveries, packet-ins, answers: reading) and what enters it
    /// (packets of hosts, commands: adding): only an answer before a question, and the reverse, make a difference to an
    /// observer.</summary>
    public const int Outside = 1;

    /// <summary>From here on one a queue: the order in which things are put into it.</summary>
    private const int Queues = 24;

    /// <summary>A switch's rules, and all that only commands change.</summary>
    public static int Table(int number) => 2 + number;

    /// <summary>A switch's counters.</summary>
    public static int Counters(int number) => 8 + number;

    public static int Host(int number) => 14 + number;

    /// <summary>Whether something is on the cables of s3 or of s4; putting something there and taking it off are two
    /// changes of the same kind.</summary>
    public static int Cables(int number) => 14 + number;

    public static int Queue(int line) => Queues + line;
}
