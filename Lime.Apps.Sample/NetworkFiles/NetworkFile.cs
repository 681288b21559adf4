using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.NetworkFiles;

/// <summary>A network file on disk.</summary>
internal static class NetworkFile
{
    /// <summary>A file of 10,000 switches with 48 ports each, written at length, has 20 MB.</summary>
    private const int FileBytesMax = 64 << 20;

    /// <summary>Beyond this the user has one mistake in many places.</summary>
    private const int FaultsShownMax = 50;

    /// <summary>Reads and checks the file at <paramref name="path"/>.</summary>
    /// <exception cref="CommandFailedException">It cannot be read, or is not sound; names every
    /// fault.</exception>
    public static NetworkDescription Load(string path)
    {
        (NetworkDescription? network, IReadOnlyList<JsonFault> faults) = NetworkFileReader.Read(ReadBytes(path));
        if (network is not null) return network;
        IEnumerable<string> lines = faults.Take(FaultsShownMax).Select(each => $"{path}: {each}");
        if (faults.Count > FaultsShownMax) lines = lines.Append($"{path}: and {faults.Count - FaultsShownMax} more.");
        throw new CommandFailedException(string.Join(Environment.NewLine, lines));
    }

    /// <summary>The bytes of a file of this program's.</summary>
    /// <exception cref="CommandFailedException">It cannot be read; says why.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
                throw new CommandFailedException($"{path}: larger than {FileBytesMax >> 20} MiB; not such a file.");
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            throw new CommandFailedException($"{path}: there is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path}: cannot be read: {exception.Message}");
        }
    }
}
