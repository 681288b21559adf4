using System.IO.Pipelines;
using System.Net;
using Lime.Core.Apps;
using Lime.Core.Hosting;

namespace Lime.Benchmarks.Overhead;

/// <summary>One of the two ways to run an app: directly on physical switches, or on virtual ones.</summary>
internal interface IMeasuredController : IAsyncDisposable
{
    /// <summary>Where everything runs.</summary>
    EventLoop Loop { get; }

    /// <summary>Where it listens; null if it wasn't asked to.</summary>
    IPEndPoint? ListenEndPoint { get; }

    /// <summary>The switches that the app sees now.</summary>
    IReadOnlyCollection<IVirtualSwitch> Switches { get; }

    /// <summary>Takes a connection made in memory.</summary>
    void Attach(IDuplexPipe transport);
}
