using System.Net;
using System.Net.Sockets;
using Lime.Core.Hosting;
using Lime.Tests.Transport;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: a controller that is disposed closes every connection before its loop ends. Method: sockets, many
/// times over, since a loop that ends too early does so only at times.</remarks>
[Category("Socket")]
public sealed class DisposalTests
{
    private const int ConnectionCount = 8;

    [Test]
    public async Task Every_connection_is_closed_when_the_disposal_is_over([Range(1, 25)] int _)
    {
        var controller = new LimeController(new LimeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, []);
        controller.Start();
        var peers = new List<TcpClient>();
        try
        {
            for (int i = 0; i < ConnectionCount; i++) peers.Add(await ConnectAsync(controller.ListenEndPoint!));

            await controller.DisposeAsync();

            foreach (TcpClient peer in peers)
                Assert.That(await ReadToEndAsync(peer), Is.True, "The peer is told that the connection has ended.");
        }
        finally
        {
            foreach (TcpClient peer in peers) peer.Dispose();
        }
    }

    [Test]
    public async Task Without_a_connection_disposal_waits_for_nothing()
    {
        var controller = new LimeController(new LimeOptions(), []);
        controller.Start();

        Task disposal = controller.DisposeAsync().AsTask();

        Assert.That(async () => await disposal.WaitAsync(SocketRig.Patience), Throws.Nothing);
        await controller.DisposeAsync();
    }

    private static async Task<TcpClient> ConnectAsync(IPEndPoint controller)
    {
        var peer = new TcpClient();
        await peer.ConnectAsync(controller).WaitAsync(SocketRig.Patience);
        var hello = new byte[8];
        await peer.GetStream().ReadExactlyAsync(hello).AsTask().WaitAsync(SocketRig.Patience);
        return peer;
    }

    /// <returns>Whether the end came; false: nothing came any more.</returns>
    private static async Task<bool> ReadToEndAsync(TcpClient peer)
    {
        var bytes = new byte[64];
        try
        {
            while (await peer.GetStream().ReadAsync(bytes).AsTask().WaitAsync(SocketRig.Patience) > 0) continue;
            return true;
        }
        catch (IOException)
        {
            return true; // Reset: an end as well.
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
