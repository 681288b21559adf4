using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Tests.Wire;

/// <summary>A message that another program put on a wire, from the files in Vectors; they are written anew by the
/// script there.</summary>
/// <param name="Name">The file, and how the message came about.</param>
/// <param name="Bytes">The whole message.</param>
/// <param name="Codec">The codec of the connection's version.</param>
internal sealed record RecordedFrame(string Name, byte[] Bytes, AnyMessage Codec)
{
    private static readonly Lazy<RecordedFrame[]> Files = new(() => [.. Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Vectors"), "*.txt").Order(StringComparer.Ordinal)
        .SelectMany(ReadFile)]);

    public static IReadOnlyList<RecordedFrame> All => Files.Value;

    public Xid Xid => FrameHeader.Read(Bytes).Xid;

    /// <summary>The message as we write it after reading it.</summary>
    public byte[] Rewritten() => Codec.Write(Xid, Codec.Read(Bytes));

    public override string ToString() => Name;

    private static IEnumerable<RecordedFrame> ReadFile(string path)
    {
        string file = Path.GetFileNameWithoutExtension(path);
        AnyMessage codec = file.EndsWith("-1.3", StringComparison.Ordinal) ? AnyMessage.V13 : AnyMessage.V10;
        foreach (string line in File.ReadLines(path))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return new($"{file}: {line[(space + 1)..]}", Convert.FromHexString(line[..space]), codec);
        }
    }
}
