using System.Text.Json;
using Lime.Tests.RealNetwork.Migrations;

namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>A link between two sites over which every frame takes its time: the kernel has no netem here, so a program
/// hands frames from a tap at the one to a tap at the other.</summary>
/// <remarks>Life cycle: the taps are there from <see cref="StartAsync"/> until <see cref="Stop"/> or <see
/// cref="Dispose"/>.</remarks>
internal sealed class WanLink : IDisposable
{
    /// <summary>Of the tap, at both sites.</summary>
    public const string Name = "wan0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RunningProcess _relay;

    private WanLink(RunningProcess relay) => _relay = relay;

    public static async Task<WanLink> StartAsync(NetworkNamespace a, NetworkNamespace b, TimeSpan delay)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "RealNetwork", "Programs", "wan_relay.py");
        var link = new WanLink(RunningProcess.Start(
            [.. Priority.HighestForSwitches, "python3", program, a.Name, b.Name, Name, $"{delay.TotalMilliseconds}"]));
        try
        {
            await link._relay.WaitForLinesAsync(1, Patience);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public WanCount Stop()
    {
        _relay.Interrupt();
        CommandResult result = _relay.Finish(Patience);
        string last = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonSerializer.Deserialize<WanCount>(last, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"It wrote: {result.Output}{result.Error}");
    }

    public void Dispose() => _relay.Dispose();
}
