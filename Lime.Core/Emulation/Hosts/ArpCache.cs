using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Hosts;

/// <summary>A host's neighbours, and the packets that wait for one to be found.</summary>
/// <remarks>Threading: the loop's. Asks three times, a second apart (as Linux does); then what waits is
/// dropped.</remarks>
internal sealed class ArpCache(
    EmulationContext context, Action<Ipv4Address> ask, Action<byte[], MacAddress> send)
{
    private const int WaitingPerAddressMax = 64;
    private const int AsksMax = 3;

    private readonly Dictionary<Ipv4Address, MacAddress> _known = [];
    private readonly Dictionary<Ipv4Address, Resolution> _pending = [];

    public long Unresolved { get; private set; }

    public IReadOnlyDictionary<Ipv4Address, MacAddress> Known => _known;

    /// <summary>Sends a frame to the neighbour as soon as its address is known.</summary>
    public void SendTo(Ipv4Address neighbour, byte[] frame)
    {
        if (_known.TryGetValue(neighbour, out MacAddress address))
        {
            send(frame, address);
            return;
        }
        if (!_pending.TryGetValue(neighbour, out Resolution? resolution))
        {
            resolution = new Resolution(context, () => AskAgain(neighbour));
            _pending.Add(neighbour, resolution);
            resolution.Waiting.Enqueue(frame);
            AskAgain(neighbour);
        }
        else if (resolution.Waiting.Count < WaitingPerAddressMax) resolution.Waiting.Enqueue(frame);
        else Unresolved++;
    }

    public void Learn(Ipv4Address neighbour, MacAddress address)
    {
        _known[neighbour] = address;
        if (!_pending.Remove(neighbour, out Resolution? resolution)) return;
        resolution.Retry.Clear();
        while (resolution.Waiting.TryDequeue(out byte[]? frame)) send(frame, address);
    }

    /// <summary>Takes a neighbour's new address only if it was known or asked for (RFC 826, merge
    /// flag).</summary>
    public void Refresh(Ipv4Address neighbour, MacAddress address)
    {
        if (_known.ContainsKey(neighbour) || _pending.ContainsKey(neighbour)) Learn(neighbour, address);
    }

    public void Clear() => _known.Clear();

    private void AskAgain(Ipv4Address neighbour)
    {
        Resolution resolution = _pending[neighbour];
        if (resolution.Asks++ >= AsksMax)
        {
            Unresolved += resolution.Waiting.Count;
            _pending.Remove(neighbour);
            return;
        }
        resolution.Retry.SetAt(context.NowTicks + TimeSpan.TicksPerSecond);
        ask(neighbour);
    }

    private sealed class Resolution(EmulationContext context, Action retry)
    {
        public Queue<byte[]> Waiting { get; } = new();

        public Alarm Retry { get; } = new(context, retry);

        public int Asks { get; set; }
    }
}
