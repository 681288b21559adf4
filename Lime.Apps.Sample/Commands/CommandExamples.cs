namespace Lime.Apps.Sample.Commands;

/// <summary>What stands below each command's help.</summary>
internal static class CommandExamples
{
    private const string Run = "dotnet run -c Release --project Lime.Apps.Sample";

    private static readonly string[] Ensemble =
    [
        $"{Run} -- ensemble",
        $"{Run} -- ensemble --method clone --svg move.svg",
        $"{Run} -- ensemble --delay 50 --seed 7 --json > move.json",
        "",
        "Exit code: 0 every promise was kept; 1 one was broken (a packet lost though no host on its way stood",
        "still, a packet doubled, a pause of more than 100 ms, a forbidden packet that passed, something left",
        "behind, anything that the second tenant noticed), each told at the end; 2 an argument or file is no",
        "good.",
    ];

    private static readonly string[] Serve =
    [
        $"{Run} -- serve --app learning-switch",
        $"{Run} -- serve --app learning-switch --spare 4 --operator 127.0.0.1:8080",
        $"{Run} -- serve --network Lime.Apps.Sample/Networks/figure3.json \\",
        "      --app learning-switch --operator 127.0.0.1:8080",
    ];

    private static readonly string[] Migrate =
    [
        $"{Run} -- migrate s3 --to 0x4",
        $"{Run} -- migrate s3 --to s4 --method freeze-and-copy --deadline 60",
        $"{Run} -- migrate s3 --to s4 --pause 10000",
        $"{Run} -- migrate access --to 0x2 --ports 1:1,2:5",
        $"{Run} -- migrate --ensemble plan.json --dry-run",
        "",
        "A plan file names switches, hosts and who moves hosts:",
        "  {\"switches\": [{\"switch\": \"web\", \"target\": \"b1\"}, {\"switch\": \"db\", \"target\": \"b2\"}],",
        "   \"hosts\": [{\"name\": \"h1\", \"at\": \"web:3\", \"targetPort\": 5, \"mac\": \"02:00:00:00:00:01\"}],",
        "   \"mover\": \"http://127.0.0.1:9000/move\"}",
        "Switches are cloned together, then hosts move one by one, each asked of the mover by a POST; it answers",
        "{\"state\":\"done\"} or {\"state\":\"failed\",\"reason\":\"...\"}.",
        "",
        "Ctrl-C asks for an abort and waits for it. Exit code: 0 completed; 1 aborted, the switch is where",
        "it was; 2 could not be started; 3 the controller went away, the end is not known.",
    ];

    private static readonly string[] Networks =
    [
        $"{Run} -- networks list",
        $"{Run} -- networks create red.json",
        $"{Run} -- networks show red > red.json",
        $"{Run} -- networks change red.json",
        $"{Run} -- networks delete red",
        "",
        "A file holds one network as docs/network.schema.json says (virtualNetwork):",
        "  {\"name\": \"red\", \"virtualSwitches\": [{\"name\": \"red1\", \"datapath\": \"0x11\",",
        "   \"on\": \"rack\", \"ports\": [{\"virtual\": 1, \"physical\": 7}], \"quota\": {\"rules\": 100}}]}",
        "What is wrong in it is told by its JSON path. Exit code: 0 done; 2 refused, or no controller answers.",
    ];

    private static readonly string[] Decode =
    [
        $"{Run} -- decode 0100000800000001 \"01 05 00 08 00 00 00 02\"",
        $"ovs-ofctl -O OpenFlow13 dump-flows br0 -mmm 2>&1 | {Run} -- decode",
        $"{Run} -- decode --json captured.bin messages/ > messages.jsonl",
        $"{Run} -- decode --encode messages.jsonl --out captured.bin",
        $"{Run} -- decode --roundtrip messages/",
        "",
        "JSON: one document a line. Names are the specification's without prefix; numbers may also be text in",
        "decimal or after 0x. What begins with an underscore is for people and isn't read.",
        "--roundtrip says of each message: same (byte for byte); same meaning, not canonical (other bytes, such as",
        "padding that isn't zero, that decode to an equal message); or DIFFERENT (a fault of the library).",
        "Exit code: 0 all well; 1 a message can't be decoded or encoded, or is DIFFERENT, each told on stderr or",
        "in its line; 2 an argument or file can't be read.",
    ];

    private static readonly string[] Fuzz =
    [
        $"{Run} -- fuzz --count 10000000",
        $"{Run} -- fuzz --time 60s --seed 7 --from captured.bin",
        "",
        "Good frames of every type and version are spoilt: bits, bytes, lengths at every level, cuts, splices.",
        "Each has to give a value or a protocol error and nothing else; what is decoded has to encode, and decode",
        "to the same; memory and time are bounded by the frame's length. What fails is printed with the way to try",
        "it again.",
        "Exit code: 0 all well; 1 something failed.",
    ];

    private static readonly string[] Program =
    [
        Run,
        $"{Run} -- --method clone --repeats 3 --seed 7",
        $"{Run} -- ensemble",
        $"{Run} -- serve --app learning-switch",
        $"{Run} -- migrate s3 --to 0x4",
        $"{Run} -- decode 0100000800000001",
        $"{Run} -- fuzz --time 60s",
    ];

    /// <summary>The lines of a command; of the program itself for any other name.</summary>
    public static string[] Of(string command) => command switch
    {
        "ensemble" => Ensemble,
        "serve" => Serve,
        "migrate" => Migrate,
        "networks" or "list" or "show" or "create" or "change" or "delete" => Networks,
        "decode" => Decode,
        "fuzz" => Fuzz,
        _ => Program,
    };
}
