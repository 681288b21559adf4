namespace Lime.Benchmarks.Commands;

/// <summary>What stands below each command's help.</summary>
internal static class BenchExamples
{
    private const string Run = "dotnet run -c Release --project Lime.Benchmarks --";

    /// <summary>The lines of a command; of the program itself for any other name.</summary>
    public static string[] Of(string command) => command switch
    {
        "cbench" =>
        [
            $"{Run} cbench -c 127.0.0.1 -p 6653 -s 10 -M 100 -l 10 -t",
            $"{Run} cbench -c 127.0.0.1 -p 6653 -s 10 -M 100 --rate 1000000 --pid $(pgrep -f 'Sample.dll serve')",
            $"{Run} cbench -c 127.0.0.1 -p 6653 -s 10 -M 100 --version 1.3 --json > cbench.json",
            "",
            "Without -t and --rate: latency mode, one packet-in at a time a switch. Lines that begin with a time or",
            "with RESULT are the original's and count messages; the table counts packet-ins: an answer has to name the",
            "buffer of one that was sent, with a match that its packet has, and counts once.",
            "--rate is an open loop: a latency counts from when the packet-in was due, whatever was answered before.",
            "--pid: processor time and memory are read from the operating system; GC pauses are told by .NET",
            "controllers over their diagnostic port (EventPipe).",
            "Exit code: 0 every packet-in got one right answer; 1 not so; 2 it could not begin.",
        ],
        "floor" =>
        [
            $"{Run} floor --port 6653",
            $"{Run} cbench -c 127.0.0.1 -p 6653 -s 10 -M 100 -l 10 -t",
        ],
        "overhead" =>
        [
            $"{Run} overhead --pairs 15 --json > overhead.json",
            $"{Run} overhead --scenario Steady --load in-process",
            $"{Run} overhead --scenario Steady TwoInstances --load saturated offered --rate 1000000",
            "",
            "Runs alternate, and the price is taken pair by pair: what the layer costs of the throughput, and in",
            "processor time a packet-in. In process the time is that of the whole thread, generator and switches",
            "included, alike for both; over TCP it is that of the controller's process. Where several instances live",
            "the direct run has one. Faulty: packet-ins without one right answer.",
        ],
        "migrate" =>
        [
            $"{Run} migrate --json > migrate.json",
            $"{Run} migrate --rules 1000 10000 --version 1.3",
            "",
            "x is the ratio to the row above: 10 for ten times the rules means linear growth.",
        ],
        "updates" =>
        [
            $"{Run} updates",
            $"{Run} updates --instances 1 2 --version 1.3 --json > updates.json",
            "",
            "In virtual time over emulated switches: the same figures each time. Extra packet-ins and what is held are",
            "of guards; overtaken: arrived behind a packet that was sent later. Messages: both ways, all of them.",
        ],
        "scale" =>
        [
            $"{Run} scale --json > scale.json",
            $"{Run} scale --switches 10 1000 --seconds 10",
            $"{Run} scale --networks 1 10 100 --per-network 2",
        ],
        "plots" =>
        [
            $"{Run} plots migrate.json scale.json overhead.json --out docs/plots",
        ],
        _ =>
        [
            $"{Run} floor --port 6653",
            $"{Run} cbench -c 127.0.0.1 -p 6653 -s 10 -M 100 -l 10 -t",
            $"{Run} fleet --connect 127.0.0.1:6653 --switches 1000",
            $"{Run} --filter '*Wire*'",
        ],
    };
}
