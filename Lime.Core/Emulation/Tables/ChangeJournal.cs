namespace Lime.Core.Emulation.Tables;

/// <summary>What has to be done to take back the changes of a bundle, and what is told only when it is
/// carried out.</summary>
/// <remarks>Life cycle: one for a switch; between <see cref="Begin"/> and <see cref="Commit"/> or
/// <see cref="RollBack"/> it is open, else it keeps nothing. Threading: the loop's; packets are not looked at while it
/// is open.</remarks>
internal sealed class ChangeJournal
{
    private readonly Stack<Action> _undo = new();
    private readonly Queue<Action> _announcements = new();

    /// <summary>Whether changes may be taken back: they have to be recorded.</summary>
    public bool IsOpen { get; private set; }

    public void Begin() => IsOpen = true;

    /// <summary>Notes how to take a change back.</summary>
    public void Record(Action undo)
    {
        if (IsOpen) _undo.Push(undo);
    }

    /// <summary>Tells of a change: at once, or when the bundle is carried out.</summary>
    public void Announce(Action tell)
    {
        if (IsOpen) _announcements.Enqueue(tell);
        else tell();
    }

    public void Commit()
    {
        IsOpen = false;
        _undo.Clear();
        while (_announcements.TryDequeue(out Action? tell)) tell();
    }

    public void RollBack()
    {
        IsOpen = false;
        _announcements.Clear();
        while (_undo.TryPop(out Action? undo)) undo();
    }
}
