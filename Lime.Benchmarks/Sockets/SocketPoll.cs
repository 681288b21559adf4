using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Lime.Benchmarks.Sockets;

/// <summary>Which of many sockets can be read or written, by one call of the system's <c>poll</c>.</summary>
/// <remarks>The framework's own <see cref="Socket.Select(System.Collections.IList, System.Collections.IList,
/// System.Collections.IList, int)"/> takes lists that it empties, so it allocates; it is used where there is no
/// <c>poll</c>. Threading: one thread.</remarks>
internal sealed class SocketPoll
{
    private const short In = 0x1;
    private const short Out = 0x4;
    private const short Broken = 0x8 | 0x10 | 0x20;

    private readonly List<Socket?> _sockets = [];
    private Entry[] _entries = new Entry[16];

    public int Count => _sockets.Count;

    /// <summary>Watches a socket for reading.</summary>
    /// <returns>The place by which it is known here.</returns>
    public int Add(Socket socket)
    {
        int place = _sockets.IndexOf(null);
        if (place < 0)
        {
            place = _sockets.Count;
            _sockets.Add(null);
            if (place == _entries.Length) Array.Resize(ref _entries, 2 * place);
        }
        _sockets[place] = socket;
        _entries[place] = new Entry { Handle = (int)socket.Handle, Events = In };
        return place;
    }

    /// <summary>Watches it no more; its place may be another's.</summary>
    public void Remove(int place)
    {
        _sockets[place] = null;
        // A negative handle is passed over (POSIX poll).
        _entries[place] = new Entry { Handle = -1 };
    }

    /// <summary>Whether to watch for room to write too.</summary>
    public void WatchWriting(int place, bool isWatched) => _entries[place].Events = isWatched ? (short)(In | Out) : In;

    /// <summary>Waits until something is ready, but not longer than <paramref name="timeoutMs"/>.</summary>
    public void Wait(int timeoutMs)
    {
        if (OperatingSystem.IsWindows()) Select(timeoutMs);
        else if (Poll(ref _entries[0], (nuint)_sockets.Count, timeoutMs) < 0) Clear();
    }

    /// <summary>Whether there is something to read, an end or an error included.</summary>
    public bool IsReadable(int place) => (_entries[place].Ready & (In | Broken)) != 0;

    public bool IsWritable(int place) => (_entries[place].Ready & Out) != 0;

    /// <summary>A signal interrupted the call: nothing is known of any socket.</summary>
    private void Clear()
    {
        for (int place = 0; place < _sockets.Count; place++) _entries[place].Ready = 0;
    }

    private void Select(int timeoutMs)
    {
        Clear();
        List<Socket> readable = [.. _sockets.OfType<Socket>()];
        List<Socket> writable = [.. _sockets.OfType<Socket>().Where(each => (EntryOf(each).Events & Out) != 0)];
        if (readable.Count == 0) return;
        Socket.Select(readable, writable, null, timeoutMs * 1000);
        foreach (Socket each in readable) EntryOf(each).Ready |= In;
        foreach (Socket each in writable) EntryOf(each).Ready |= Out;
    }

    private ref Entry EntryOf(Socket socket) => ref _entries[_sockets.IndexOf(socket)];

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref Entry first, nuint count, int timeoutMs);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public int Handle;
        public short Events;
        public short Ready;
    }
}
