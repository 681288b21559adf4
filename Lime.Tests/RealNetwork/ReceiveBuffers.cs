using System.Globalization;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>While it lives, sockets are made with a receive buffer that outlasts a burst.</summary>
/// <remarks>
/// A port of a userspace switch is a packet socket. With the kernel's usual 208 KiB it holds 92 full
/// Ethernet frames (each is accounted with 2,304 bytes), and one write of 128 KiB by a TCP sender is
/// a burst of 90: what comes beside that is dropped at the socket before the switch sees it.
/// Life cycle: the default is raised by the constructor and put back by <see cref="Dispose"/>;
/// sockets keep what they were made with. Until then a folder of this process holds the value, so
/// that <see cref="LeftoverSweep"/> can put it back after a kill. Where the setting is not ours to
/// change (a container with a network namespace of its own) nothing happens; <see
/// cref="KernelDrops"/> tells what is lost then.
/// </remarks>
internal sealed class ReceiveBuffers : IDisposable
{
    /// <summary>1,800 full frames, or two pings at 1,000 a second for over two seconds.</summary>
    private const long Bytes = 4 * 1024 * 1024;

    private const string Setting = "/proc/sys/net/core/rmem_default";

    private const string FileName = "rmem_default";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"{NetworkNames.Next()}-sysctl");

    public ReceiveBuffers()
    {
        if (!File.Exists(Setting)) return;
        string before = File.ReadAllText(Setting).Trim();
        if (long.Parse(before, CultureInfo.InvariantCulture) >= Bytes) return;
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, FileName), before);
        TryWrite($"{Bytes}");
    }

    public void Dispose()
    {
        PutBack(_folder);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Puts the default back that a folder holds, if it holds one.</summary>
    public static void PutBack(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (File.Exists(file)) TryWrite(File.ReadAllText(file));
    }

    private static void TryWrite(string value)
    {
        try
        {
            File.WriteAllText(Setting, value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TestContext.Out.WriteLine($"{Setting} stays as it is: {exception.Message}");
        }
    }
}
