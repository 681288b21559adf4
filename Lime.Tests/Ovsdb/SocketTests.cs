using System.Net;
using System.Net.Sockets;
using System.Text;
using Lime.Core.Hosting;
using Lime.Core.Ovsdb;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: the client works over real sockets of both kinds. Method: a listener that answers one question,
/// twice, since the first connection is cut.</remarks>
[Category("Socket")]
public class SocketTests
{
    private static readonly OvsdbOptions Options = new() { DelayMin = TimeSpan.FromMilliseconds(10) };

    [Test]
    public async Task A_database_is_reached_over_tcp_and_again()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await AskTwiceAsync(listener, $"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
    }

    [Test]
    public async Task A_database_is_reached_over_a_unix_socket_and_again()
    {
        string path = Path.Combine(Path.GetTempPath(), $"lime-ovsdb-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            await AskTwiceAsync(listener, $"unix:{path}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task AskTwiceAsync(Socket listener, string address)
    {
        listener.Listen();
        using EventLoop loop = EventLoop.StartThread("ovsdb");
        using var stop = new CancellationTokenSource();
        var line = OvsdbLine.By(OvsdbAddress.Parse(address), loop.InlineScheduler, loop.Time);
        var client = new OvsdbClient(line, [], Options, NullLogger.Instance);
        Task run = await OnLoopAsync(loop, () => Task.FromResult(client.RunAsync(stop.Token)));
        for (int i = 0; i < 2; i++)
        {
            using Socket accepted = await listener.AcceptAsync().WaitAsync(Transport.SocketRig.Patience);
            await OnLoopAsync(loop, () => client.Waits.UntilAsync(() => client.IsReady, Transport.SocketRig.Patience));
            Task<string> answer =
                OnLoopAsync(loop, async () => string.Join(',', await client.ListDatabasesAsync()));
            byte[] heard = new byte[1024];
            int bytes = await accepted.ReceiveAsync(heard).WaitAsync(Transport.SocketRig.Patience);
            Assert.That(
                Encoding.UTF8.GetString(heard, 0, bytes), Is.EqualTo("""{"id":1,"method":"list_dbs","params":[]}"""));
            await accepted.SendAsync(Encoding.UTF8.GetBytes("""{"id":1,"result":["A","B"],"error":null}"""));
            Assert.That(await answer, Is.EqualTo("A,B"));
        }
        await stop.CancelAsync();
        await run.WaitAsync(Transport.SocketRig.Patience);
    }

    /// <summary>Begins something on the loop and gives its result.</summary>
    private static async Task<T> OnLoopAsync<T>(EventLoop loop, Func<Task<T>> action)
    {
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => begun.SetResult(action()));
        return await (await begun.Task).WaitAsync(Transport.SocketRig.Patience);
    }
}
