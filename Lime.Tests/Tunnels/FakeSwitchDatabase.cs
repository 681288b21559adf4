using System.Text.Json;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.Tests.Ovsdb;

namespace Lime.Tests.Tunnels;

/// <summary>A switch's database and switch process, as far as tunnels need them: tables in memory behind a scripted
/// server.</summary>
/// <remarks>What it makes of transactions is little and plain; real servers are asked in the tests of the real
/// network.</remarks>
internal sealed class FakeSwitchDatabase
{
    private readonly FakeTables _tables = new();
    private FakeTables? _told;
    private int _lastNumber;
    private int _heard;
    private ScriptedServer? _server;

    public FakeSwitchDatabase() => _tables.Rows(OvsColumns.Root).Add(Guid.NewGuid(), new()
    {
        [OvsColumns.NextConfiguration] = OvsdbValue.Of(0), [OvsColumns.CurrentConfiguration] = OvsdbValue.Of(0),
    });

    /// <summary>Whether there is a switch process.</summary>
    public bool IsSwitchRunning { get; set; } = true;

    /// <summary>Why the switch process can't make an interface; null if it can.</summary>
    public Func<string, string?> ErrorOf { get; set; } = _ => null;

    /// <summary>Called before the next transaction is looked at, once: somebody else is faster.</summary>
    public Action? Overtake { get; set; }

    /// <summary>Whether the connection breaks between the next transaction and its answer.</summary>
    public bool IsAnswerLost { get; set; }

    public int TransactionCount { get; private set; }

    public List<string> Comments { get; } = [];

    public IEnumerable<string?> InterfaceNames => NamesIn(OvsColumns.Interface);

    public IEnumerable<string?> PortNames => NamesIn(OvsColumns.Port);

    /// <summary>Adds a bridge with its own interface, port 65534.</summary>
    public Guid AddBridge(string name, string? datapath, long mtu = 1500)
    {
        Guid id = Guid.NewGuid();
        _tables.Rows(OvsColumns.Bridge).Add(id, new()
        {
            [OvsColumns.Name] = OvsdbValue.Of(name),
            [OvsColumns.DatapathId] = OptionalText(datapath),
            [OvsColumns.Ports] = OvsdbValue.Empty,
        });
        AddPort(
            id, name, "internal",
            (OvsColumns.Mtu, OvsdbValue.Of(mtu)), (OvsColumns.PortNumber, OvsdbValue.Of(65534)));
        return id;
    }

    /// <summary>Adds a port that is not Lime's.</summary>
    public void AddPort(Guid bridge, string name, string type, params (string, OvsdbValue)[] columns)
    {
        Guid interfaceId = Guid.NewGuid();
        Guid portId = Guid.NewGuid();
        var row = columns.ToDictionary(each => each.Item1, each => each.Item2);
        row[OvsColumns.Name] = OvsdbValue.Of(name);
        row[OvsColumns.Type] = OvsdbValue.Of(type);
        _tables.Rows(OvsColumns.Interface).Add(interfaceId, row);
        _tables.Rows(OvsColumns.Port).Add(portId, new()
        {
            [OvsColumns.Name] = OvsdbValue.Of(name), [OvsColumns.Interfaces] = OvsdbValue.Of(interfaceId),
        });
        Dictionary<string, OvsdbValue> owner = _tables.Rows(OvsColumns.Bridge)[bridge];
        owner[OvsColumns.Ports] = OvsdbValue.Set([.. owner[OvsColumns.Ports].Atoms, OvsdbAtom.Of(portId)]);
    }

    public void SetDatapath(Guid bridge, string? datapath) =>
        _tables.Rows(OvsColumns.Bridge)[bridge][OvsColumns.DatapathId] = OptionalText(datapath);

    /// <summary>Answers what was heard since the last call, and tells what has changed.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Serve(ScriptedServer server)
    {
        if (server != _server) (_server, _heard, _told) = (server, 0, null);
        bool isBusy = _heard < server.Heard.Count && !server.IsEnded;
        while (_heard < server.Heard.Count && !server.IsEnded) Answer(server, server.Heard[_heard++]);
        RunSwitch();
        Tell(server);
        return isBusy;
    }

    private void Answer(ScriptedServer server, JsonElement message)
    {
        string? method = ScriptedServer.MethodOf(message);
        if (method == "get_schema") server.Answer(message, FakeTables.Schema);
        if (method == "monitor")
        {
            _told = _tables.Copy();
            server.Answer(message, _tables.Difference(null));
        }
        if (method != "transact") return;
        Overtake?.Invoke();
        Overtake = null;
        TransactionCount++;
        var transaction = new FakeTransaction(_tables.Copy());
        string results = transaction.Run(message.GetProperty("params").EnumerateArray().Skip(1));
        if (transaction.IsDone) _tables.ReplaceBy(transaction.Tables);
        Comments.AddRange(transaction.Comments);
        if (IsAnswerLost)
        {
            IsAnswerLost = false;
            server.Leave();
            return;
        }
        Tell(server);
        server.Answer(message, results);
    }

    private void RunSwitch()
    {
        if (!IsSwitchRunning) return;
        Dictionary<string, OvsdbValue> root = _tables.Rows(OvsColumns.Root).Values.Single();
        if (root[OvsColumns.CurrentConfiguration].Equals(root[OvsColumns.NextConfiguration])) return;
        root[OvsColumns.CurrentConfiguration] = root[OvsColumns.NextConfiguration];
        foreach (Dictionary<string, OvsdbValue> row in _tables.Rows(OvsColumns.Interface).Values)
        {
            string name = row[OvsColumns.Name].AsText()!;
            string? error = ErrorOf(name);
            row[OvsColumns.Error] = error is null ? OvsdbValue.Empty : OvsdbValue.Of(error);
            if (error is not null) row[OvsColumns.PortNumber] = OvsdbValue.Of(-1);
            else if (!row.ContainsKey(OvsColumns.PortNumber)) row[OvsColumns.PortNumber] = OvsdbValue.Of(++_lastNumber);
        }
    }

    private void Tell(ScriptedServer server)
    {
        if (_told is null || server.IsEnded) return;
        string difference = _tables.Difference(_told);
        _told = _tables.Copy();
        if (difference != "{}") server.Say($"{{\"method\":\"update\",\"params\":[0,{difference}],\"id\":null}}");
    }

    private static OvsdbValue OptionalText(string? text) => text is null ? OvsdbValue.Empty : OvsdbValue.Of(text);

    private IEnumerable<string?> NamesIn(string table) =>
        _tables.Rows(table).Values.Select(row => row[OvsColumns.Name].AsText()).Order();
}
