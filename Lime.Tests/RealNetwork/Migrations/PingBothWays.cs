namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Each host pings the other 1,000 times a second.</summary>
/// <remarks>Life cycle: pings from <see cref="StartAsync"/> until <see cref="StopAsync"/> or
/// <see cref="Dispose"/>.</remarks>
internal sealed class PingBothWays : IDisposable
{
    private readonly PingRun _forth;
    private readonly PingRun _back;

    private PingBothWays(PingRun forth, PingRun back)
    {
        _forth = forth;
        _back = back;
    }

    public static async Task<PingBothWays> StartAsync(FigureThreeNetwork network)
    {
        PingRun forth = await PingRun.StartAsync(network.HostOne, network.HostTwo);
        try
        {
            return new PingBothWays(forth, await PingRun.StartAsync(network.HostTwo, network.HostOne));
        }
        catch
        {
            forth.Dispose();
            throw;
        }
    }

    /// <summary>Lets them ping for so long.</summary>
    public Task ContinueForAsync(TimeSpan duration) =>
        Task.WhenAll(_forth.ContinueForAsync(duration), _back.ContinueForAsync(duration));

    /// <returns>What became of the pings, from the first host's and from the second's.</returns>
    public Task<PingReport[]> StopAsync() => Task.WhenAll(_forth.StopAsync(), _back.StopAsync());

    public void Dispose()
    {
        _forth.Dispose();
        _back.Dispose();
    }
}
