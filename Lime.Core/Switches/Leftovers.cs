using System.Collections.Immutable;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>What Lime has put on a switch that is a spare now, and could not take away at once: because it was lost,
/// didn't answer, or because a neighbour that could not be reached may still be sending packets to it. Of a shared
/// switch, what was one virtual switch's.</summary>
/// <remarks>Life cycle: made when a migration ends that way; tries again and again, and when the switch connects, until
/// all is gone. Threading: the owner loop's.</remarks>
internal sealed partial class Leftovers(Instance left, LoopAccess loop)
{
    /// <summary>Between two attempts at a switch that stays connected.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly PhysicalSwitch _physical = left.Physical;
    private ImmutableArray<Instance> _senders = [];
    private Func<Task>? _once;
    private bool _isAtWork;

    /// <summary>Neighbours that have not confirmed that they send nothing there: they are waited for, since the rules
    /// that are left still carry their packets.</summary>
    /// <param name="senders">Who they are.</param>
    /// <param name="once">What is to be done when they have confirmed, before anything is taken away.</param>
    public void WaitFor(ImmutableArray<Instance> senders, Func<Task> once)
    {
        _senders = senders;
        _once = senders.IsEmpty ? null : once;
    }

    /// <summary>Whether a port of a shared switch may still be met by it.</summary>
    public bool IsAt(PortNumber physicalPort) => left.IsPart && left.Map.PhysicalPorts.Contains(physicalPort);

    /// <summary>Begins to take it away, or goes on with it.</summary>
    public void TakeAway()
    {
        if (!_isAtWork && _physical.IsConnected) _ = TakeAwayAsync();
    }

    private async Task TakeAwayAsync()
    {
        _isAtWork = true;
        int deleted = 0;
        while (_physical.IsConnected && (left.IsPart || _physical.IsSpare) && _physical.Leftovers.Contains(this))
        {
            if (await AreSendersElsewhereAsync() && await TryEmptyAsync() is { } count)
            {
                deleted += count;
                IsGone();
                LogCleaned(loop.Logger, _physical.Name, deleted);
                break;
            }
            await loop.WaitAsync(RetryInterval, CancellationToken.None);
        }
        _isAtWork = false;
    }

    /// <summary>There is nothing left.</summary>
    public void IsGone()
    {
        _physical.Leftovers.Remove(this);
        left.Ids?.ReleaseAll();
    }

    /// <summary>A neighbour that is back has its table put in order first, and then sends elsewhere.</summary>
    private async Task<bool> AreSendersElsewhereAsync()
    {
        foreach (Instance each in _senders)
        {
            bool isInOrder = each.Physical.IsConnected && (each.IsReconciled || each.ForeignRules > 0);
            if (!isInOrder || !await each.Physical.TryBarrierAsync()) return false;
        }
        if (_once is { } once)
        {
            // What they have sent before is still on its way.
            await loop.WaitAsync(RetryInterval, CancellationToken.None);
            await once();
        }
        _senders = [];
        _once = null;
        return true;
    }

    private async Task<int?> TryEmptyAsync()
    {
        try
        {
            return left.IsPart ? await PartCleaning.EmptyAsync(left) : await SpareCleaning.EmptyAsync(_physical);
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotCleaned(loop.Logger, _physical.Name, exception.Message);
            return null;
        }
    }

    [LoggerMessage(140, LogLevel.Information, "{Switch}: {Count} rules of an unfinished migration were deleted.")]
    private static partial void LogCleaned(ILogger logger, string @switch, int count);

    [LoggerMessage(141, LogLevel.Warning, "{Switch}: rules of an unfinished migration are left: {Reason}")]
    private static partial void LogNotCleaned(ILogger logger, string @switch, string reason);
}
