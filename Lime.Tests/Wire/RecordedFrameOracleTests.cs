using System.Globalization;
using System.Diagnostics;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: what we write in place of a recorded message means the same to others. Method: Open vSwitch prints
/// both, where it accepts the recorded one; Wireshark dissects all that we write from a capture file made for
/// it.</remarks>
[TestFixture]
[Category("RealNetwork")]
public sealed class RecordedFrameOracleTests
{
    private const string OpenVSwitch = "/usr/bin/ovs-ofctl";
    private const string Wireshark = "/usr/bin/tshark";
    private const ushort OpenFlowPort = 6653;

    /// <remarks>Equal bytes print equal, so only the changed ones are shown to it.</remarks>
    [Test]
    public void Open_vSwitch_prints_what_we_write_like_what_was_recorded()
    {
        RequireProgram(OpenVSwitch);
        List<string> otherwise = [];
        int accepted = 0;
        foreach (RecordedFrame frame in RecordedFrame.All)
        {
            byte[] rewritten = frame.Rewritten();
            if (rewritten.AsSpan().SequenceEqual(frame.Bytes)) continue;
            string before = Print(frame.Bytes);
            bool isAccepted = !before.Contains("***decode error", StringComparison.Ordinal);
            if (!isAccepted) continue;
            accepted++;
            string after = Print(rewritten);
            if (after != before) otherwise.Add($"{frame}\n  {before}\n  {after}");
        }

        Assert.That(otherwise, Is.Empty);
        Assert.That(accepted, Is.GreaterThan(100));
    }

    [Test]
    public void Wireshark_finds_no_message_of_ours_malformed()
    {
        RequireProgram(Wireshark);
        RecordedFrame[] frames = [.. RecordedFrame.All.Where(IsKnownToWireshark)];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, CaptureFile.Of(frames.Select(frame => frame.Rewritten()), OpenFlowPort));

            string malformed = Run(Wireshark, "-r", path, "-d", $"tcp.port=={OpenFlowPort},openflow",
                "-o", "tcp.desegment_tcp_streams:FALSE", "-Y", "_ws.malformed", "-T", "fields", "-e", "frame.number");

            Assert.That(malformed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => frames[int.Parse(number, CultureInfo.InvariantCulture) - 1].Name),
                Is.Empty);
            string dissected = Run(Wireshark, "-r", path, "-d", $"tcp.port=={OpenFlowPort},openflow",
                "-o", "tcp.desegment_tcp_streams:FALSE", "-Y", "openflow_v1 || openflow_v4",
                "-T", "fields", "-e", "frame.number");
            Assert.That(
                dissected.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(frames.Length));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What fits one packet, of these two versions.</summary>
    private static bool IsKnownToWireshark(RecordedFrame frame) =>
        frame.Bytes.Length <= CaptureFile.BytesMax
        && frame.Bytes[0] is (byte)OpenFlowVersion.V10 or (byte)OpenFlowVersion.V13;

    private static void RequireProgram(string path)
    {
        if (!File.Exists(path)) Assert.Ignore($"{path} is not installed.");
    }

    private static string Print(byte[] frame) => Run(OpenVSwitch, "ofp-print", Convert.ToHexStringLower(frame));

    private static string Run(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return printed;
    }
}
