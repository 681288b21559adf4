using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>The tunnels of one migration, from its beginning to its end.</summary>
/// <remarks>Life cycle: <see cref="Hold"/>, <see cref="OpenAsync"/>, the moves, <see cref="EndAsync"/>. Threading: the
/// owner loop's.</remarks>
internal sealed class TunnelCourse(SwitchRegistry registry)
{
    private readonly List<Tunnel> _held = [];

    /// <summary>Whether what a host sends may have gone to the target.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Keeps for the migration what its plan has found.</summary>
    public void Hold(MigrationScope scope)
    {
        foreach (Tunnel each in scope.Attachments.SelectMany(each => each.Tunnels))
        {
            _held.Add(each);
            registry.Tunnels.Hold(each);
        }
    }

    /// <summary>Makes the tunnels.</summary>
    /// <returns>The scope, with the ports that they have got.</returns>
    /// <exception cref="MigrationStepException">One can't be made.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public async Task<MigrationScope> OpenAsync(MigrationScope scope)
    {
        var attachments = ImmutableArray.CreateBuilder<AttachmentMove>();
        foreach (AttachmentMove each in scope.Attachments)
        {
            // One between two switches of an ensemble is both switches'.
            foreach (Tunnel tunnel in each.Tunnels.Where(tunnel => !tunnel.IsOpen))
                await registry.Tunnels.OpenAsync(tunnel, each.Relay?.Relay);
            attachments.Add(each.WithPortsOf(scope.Target));
        }
        return scope with { Attachments = attachments.ToImmutable() };
    }

    /// <summary>What a host sends that stays where it is goes to the target.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The host's switch doesn't answer.</exception>
    public async Task MoveAsync(AttachmentMove attachment)
    {
        if (attachment.Relay is not { } relay) return;
        HasMoved = true;
        await relay.SendToTargetAsync();
    }

    /// <summary>As <see cref="MoveAsync"/>, for all.</summary>
    public async Task MoveAllAsync(MigrationScope scope)
    {
        foreach (AttachmentMove each in scope.Attachments) await MoveAsync(each);
    }

    /// <summary>What hosts send goes to the source again.</summary>
    public static async Task ReturnAsync(MigrationScope scope, BestEffort effort)
    {
        foreach (AttachmentMove each in scope.Attachments)
        {
            if (each.Relay is { } relay) await effort.DoAsync(relay.SendToSourceAsync);
        }
    }

    /// <summary>The migration is over, or undone: what it doesn't need any more goes.</summary>
    public Task EndAsync(BestEffort effort)
    {
        foreach (Tunnel each in _held) each.IsHeld = false;
        _held.Clear();
        return registry.Tunnels.CloseUnusedAsync(effort);
    }
}
