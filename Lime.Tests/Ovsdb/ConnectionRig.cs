using System.IO.Pipelines;
using System.Text.Json;
using Lime.Core.Hosting;
using Lime.Core.Ovsdb;
using Lime.OpenFlow.Transport;

namespace Lime.Tests.Ovsdb;

/// <summary>A connection to a database in virtual time, with a scripted server at the other end.</summary>
internal sealed class ConnectionRig : IDisposable
{
    public ConnectionRig(OvsdbOptions? options = null)
    {
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(Loop.Scheduler, Loop.Scheduler);
        Server = new ScriptedServer(theirs);
        Connection = new OvsdbConnection(ours, OnUpdate, options ?? OvsdbOptions.Default, Loop.Time);
        OnLoop(() => Ended = Connection.RunAsync(Stop.Token));
    }

    public EventLoop Loop { get; } = EventLoop.CreateManual();

    public ScriptedServer Server { get; }

    public OvsdbConnection Connection { get; }

    /// <summary>The updates that arrived: <c>monitor tables</c>.</summary>
    public List<string> Updates { get; } = [];

    /// <summary>Called for each update.</summary>
    public Action UpdateArrived { get; set; } = () => { };

    public Task<OvsdbCloseCause> Ended { get; private set; } = Task.FromException<OvsdbCloseCause>(
        new InvalidOperationException("The connection was not started."));

    public CancellationTokenSource Stop { get; } = new();

    public OvsdbCloseCause Cause => Loop.RunUntilDone(Ended, TimeSpan.Zero);

    /// <summary>Asks something; the answer is its text.</summary>
    public Task<string> Ask(string method, TimeSpan? timeout = null, Func<JsonElement, string>? read = null)
    {
        var request = new OvsdbRequest<string>(method, static _ => { }, read ?? (static result => result.GetRawText()));
        Task<string>? answer = null;
        OnLoop(() => answer = Connection.RequestAsync(request, timeout));
        Settle();
        return answer!;
    }

    /// <summary>Runs all there is to do at this moment of virtual time, and lets the server listen.</summary>
    public void Settle(bool isServerListening = true)
    {
        Loop.Run(() => false, TimeSpan.Zero);
        if (!isServerListening) return;
        Server.Listen();
        Loop.Run(() => false, TimeSpan.Zero);
    }

    public void Say(string text)
    {
        Server.Say(text);
        Settle();
    }

    public void Pass(TimeSpan time, bool isServerListening = true)
    {
        Loop.RunFor(time);
        Settle(isServerListening);
    }

    /// <summary>One tick of virtual time.</summary>
    public void PassTick() => Pass(TimeSpan.FromTicks(1));

    public void OnLoop(Action action)
    {
        Loop.Post(action);
        Loop.Run(() => false, TimeSpan.Zero);
    }

    public void Dispose()
    {
        Stop.Dispose();
        Loop.Dispose();
    }

    private void OnUpdate(JsonElement monitor, JsonElement tables)
    {
        Updates.Add($"{monitor.GetRawText()} {tables.GetRawText()}");
        UpdateArrived();
    }
}
