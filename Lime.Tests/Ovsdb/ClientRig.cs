using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net.Sockets;
using Lime.Core.Hosting;
using Lime.Core.Ovsdb;
using Lime.OpenFlow.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <summary>A client of a database in virtual time; each of its connections leads to a scripted server of its
/// own.</summary>
internal sealed class ClientRig : IDisposable
{
    public const string Schema = """
        {"name":"Db","version":"1.2.3","tables":{"T":{"columns":{"a":{"type":"string"},"b":{"type":"integer"}}}}}
        """;

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Tables =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("T", ["a", "b"]);

    public ClientRig(OvsdbOptions? options = null, OvsdbWatch? watch = null)
    {
        _start = Loop.Time.GetTimestamp();
        Replica = new OvsdbReplica(watch ?? new OvsdbWatch("Db", Tables));
        var line = new OvsdbLine("tcp:db", ConnectAsync, Loop.Time, new Random(1));
        Client = new OvsdbClient(line, [Replica], options ?? OvsdbOptions.Default, NullLogger.Instance);
    }

    private readonly long _start;

    public EventLoop Loop { get; } = EventLoop.CreateManual();

    public OvsdbReplica Replica { get; }

    public OvsdbClient Client { get; }

    /// <summary>When each attempt to connect was made.</summary>
    public List<TimeSpan> Attempts { get; } = [];

    /// <summary>Whether an attempt succeeds; null: it hangs.</summary>
    public Func<int, bool?> IsAccepted { get; set; } = _ => true;

    public List<ScriptedServer> Servers { get; } = [];

    public ScriptedServer Server => Servers[^1];

    public CancellationTokenSource Stop { get; } = new();

    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the client.</summary>
    public ClientRig Start()
    {
        OnLoop(() => Run = Client.RunAsync(Stop.Token));
        Settle();
        return this;
    }

    /// <summary>Answers what the client asks at the beginning of a connection.</summary>
    public void Greet(string rows = """{"T":{}}""", string schema = Schema)
    {
        Server.Answer("get_schema", schema);
        Settle();
        Server.Answer("monitor", rows);
        Settle();
        Assert.That(Client.IsReady, Is.True);
    }

    public void Say(string text)
    {
        Server.Say(text);
        Settle();
    }

    public void Settle()
    {
        int heard;
        do
        {
            heard = Servers.Sum(each => each.Heard.Count);
            Loop.Run(() => false, TimeSpan.Zero);
            foreach (ScriptedServer each in Servers) each.Listen();
        }
        while (Servers.Sum(each => each.Heard.Count) != heard);
    }

    public void Pass(TimeSpan time)
    {
        Loop.RunFor(time);
        Settle();
    }

    public T OnLoop<T>(Func<T> action)
    {
        T result = default!;
        OnLoop(() => { result = action(); });
        return result;
    }

    public void OnLoop(Action action)
    {
        Loop.Post(action);
        Settle();
    }

    public void Dispose()
    {
        Stop.Cancel();
        Settle();
        Assert.That(Run.IsCompletedSuccessfully, Is.True, "The client does not end.");
        Stop.Dispose();
        Loop.Dispose();
    }

    private async Task<IDuplexPipe> ConnectAsync(CancellationToken cancellation)
    {
        Attempts.Add(Loop.Time.GetElapsedTime(_start));
        bool? isAccepted = IsAccepted(Attempts.Count);
        if (isAccepted is null) await Task.Delay(Timeout.InfiniteTimeSpan, Loop.Time, cancellation);
        if (isAccepted is not true) throw new SocketException((int)SocketError.ConnectionRefused);
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(Loop.Scheduler, Loop.Scheduler);
        Servers.Add(new ScriptedServer(theirs));
        return ours;
    }
}
