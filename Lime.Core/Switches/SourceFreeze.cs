namespace Lime.Core.Switches;

/// <summary>Makes the source drop everything while the last changes are copied, and lets it go on again.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class SourceFreeze(RuleCopy copy)
{
    public bool IsFrozen { get; private set; }

    public Task FreezeAsync(Instance source)
    {
        IsFrozen = true;
        Fence.Raise(source);
        return copy.ConfirmAsync(source);
    }

    public async Task ThawAsync(Instance source)
    {
        IsFrozen = false;
        if (!source.Physical.IsConnected) return;
        Fence.Lower(source);
        await copy.ConfirmAsync(source);
    }
}
