namespace Lime.Tests.Exploration.Search;

/// <summary>Processes that send each other numbers by a program made from a seed: small enough to try all orders
/// without any reduction.</summary>
internal sealed class ToyWorld : IExploredWorld
{
    private const int ProcessCount = 3;
    private readonly ulong[] _histories = new ulong[ProcessCount];
    private readonly Queue<(int Letter, int SentAt)>[] _queues;
    private readonly int _seed;
    private int _step = -1;
    private readonly int[] _sent = new int[ProcessCount];

    public ToyWorld(int seed)
    {
        _seed = seed;
        _queues = [.. Enumerable.Range(0, ProcessCount * ProcessCount).Select(_ => new Queue<(int, int)>())];
        for (int i = 0; i < 3; i++) Send(i % ProcessCount, (i + 1) % ProcessCount, i);
    }

    /// <summary>What all processes have seen, each in its order.</summary>
    public string State => string.Join(' ', _histories);

    public ulong Enabled
    {
        get
        {
            ulong enabled = 0;
            for (int i = 0; i < _queues.Length; i++)
            {
                if (_queues[i].Count > 0) enabled |= 1UL << i;
            }
            return enabled;
        }
    }

    public IEnumerable<int> CausesOf(int line) => [_queues[line].Peek().SentAt];

    public IEnumerable<int> RivalsOf(int line) => [];

    public Footprint Step(int line)
    {
        _step++;
        int receiver = line % ProcessCount;
        (int letter, _) = _queues[line].Dequeue();
        _histories[receiver] = (_histories[receiver] * 31) + (ulong)(uint)letter + 1;
        uint dice = (uint)HashOf(_histories[receiver], (uint)_seed);
        // What is sent depends on all that the process has seen, as in a real program.
        if (_sent[receiver] < 2 && dice % 3 != 0) Send(receiver, (int)(dice / 3 % ProcessCount), (int)(dice >> 8 & 7));
        return Footprint.Write(receiver);
    }

    public string Describe(int line) => $"{line / ProcessCount} to {line % ProcessCount}";

    public string? FindFault() => null;

    public void Dispose()
    {
        // Nothing to give back.
    }

    private void Send(int from, int to, int letter)
    {
        _sent[from]++;
        _queues[(from * ProcessCount) + to].Enqueue((letter, _step));
    }

    private static ulong HashOf(ulong history, ulong seed)
    {
        ulong value = (history ^ (seed * 0x9e37_79b9)) * 0xbf58_476d_1ce4_e5b9;
        return value ^ (value >> 29);
    }
}
