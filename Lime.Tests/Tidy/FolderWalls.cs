using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lime.Tests.Tidy;

/// <remarks>Arrows go one way: Hosting, Switches, Migration, Rules, Translation, Networks, Tunnels, Ovsdb, and
/// Lime.OpenFlow beneath. A room may use itself, those after it, and Apps; Emulation stands beside them.</remarks>
internal sealed class FolderWalls : ITidyRule
{
    private static readonly string[] CoreRooms =
        ["Hosting", "Switches", "Migration", "Rules", "Translation", "Networks", "Tunnels", "Ovsdb", "Apps"];

    private static readonly string[] OpenFlowRooms =
        ["Transport", "Channel", "Wire", "Messages", "Actions", "Matching", "Identifiers"];

    public string Name => "a room uses only the rooms beneath it";

    public IEnumerable<Finding> Check(SourceFile file, SemanticModel model)
    {
        if (!file.IsPackaged) yield break;
        foreach (SimpleNameSyntax name in file.Nodes<SimpleNameSyntax>())
        {
            string used = Meaning.NamespaceOf(name, model);
            if (used.Length == 0) continue;
            string user = SourceFile.NamespaceAt(name);
            if (!MayUse(user, used)) yield return file.Find(name, $"{user} uses {Meaning.FullNameOf(name, model)}");
        }
    }

    internal static bool MayUse(string user, string used)
    {
        if (RoomOf(used, "Lime.Core") is { } core)
            return RoomOf(user, "Lime.Core") is { } room && MayUseCore(room, core);
        if (RoomOf(used, "Lime.OpenFlow") is { } lower && RoomOf(user, "Lime.OpenFlow") is { } upper)
            return IsInOrder(OpenFlowRooms, upper, lower);
        return true;
    }

    private static bool MayUseCore(string user, string used)
    {
        if (user == used) return true;
        if (user == "Emulation") return used is "Hosting" or "Apps";
        return used != "Emulation" && IsInOrder(CoreRooms, user, used);
    }

    /// <summary>Rooms that the order doesn't name may neither use nor be used.</summary>
    private static bool IsInOrder(string[] rooms, string upper, string lower)
    {
        if (upper.Length == 0 || lower.Length == 0 || upper == lower) return true;
        int from = Array.IndexOf(rooms, upper);
        return from >= 0 && Array.IndexOf(rooms, lower) >= from;
    }

    /// <summary>The first folder beneath the project; empty at its top, null in another project.</summary>
    private static string? RoomOf(string used, string project)
    {
        if (used == project) return "";
        bool isInside = used.StartsWith(project + ".", StringComparison.Ordinal);
        return isInside ? used[(project.Length + 1)..].Split('.')[0] : null;
    }
}
