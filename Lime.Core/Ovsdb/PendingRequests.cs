using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>The requests of a connection that wait for answers, by id; each with a time.</summary>
/// <remarks>Life cycle: <see cref="End"/> fails all that wait. Threading: the owner loop only.</remarks>
internal sealed class PendingRequests(TimeProvider time, int countMax)
{
    private readonly SortedDictionary<long, PendingRequest> _byId = [];
    private long _lastId;

    public bool IsFull => _byId.Count >= countMax;

    /// <summary>Gives a request its id and begins its time.</summary>
    public long Add(PendingRequest request, TimeSpan timeout)
    {
        long id = ++_lastId;
        _byId.Add(id, request);
        request.Deadline = time.CreateTimer(
            _ => FailOverdue(id, timeout), null, timeout + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
        return id;
    }

    /// <summary>Forgets a request that was not sent.</summary>
    public void Withdraw(long id) => TryRemove(id, out _);

    /// <summary>Gives an answer to its request.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(long id, JsonElement result)
    {
        if (!TryRemove(id, out PendingRequest? request)) return false;
        try
        {
            request.Take(result);
        }
        catch (OvsdbProtocolException exception)
        {
            request.Fail(new OvsdbRequestException(
                OvsdbRequestFailure.NotConnected, $"{request.Method}: the answer makes no sense: {exception.Message}"));
            throw;
        }
        return true;
    }

    /// <summary>Fails the request that the server refused.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryRefuse(long id, OvsdbError error)
    {
        if (!TryRemove(id, out PendingRequest? request)) return false;
        request.Fail(new OvsdbRequestException(
            OvsdbRequestFailure.Refused, $"{request.Method} was refused: {error}", error));
        return true;
    }

    /// <summary>Fails all that wait: the connection has ended.</summary>
    public void End(OvsdbCloseCause cause)
    {
        foreach ((long id, PendingRequest request) in _byId.ToArray())
        {
            TryRemove(id, out _);
            request.Fail(new OvsdbRequestException(
                OvsdbRequestFailure.NotConnected, $"{request.Method}: the connection ended ({cause})."));
        }
    }

    private void FailOverdue(long id, TimeSpan timeout)
    {
        if (!TryRemove(id, out PendingRequest? request)) return;
        request.Fail(new OvsdbRequestException(
            OvsdbRequestFailure.TimedOut, $"{request.Method} was not answered within {timeout}."));
    }

    private bool TryRemove(long id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PendingRequest? request)
    {
        if (!_byId.Remove(id, out request)) return false;
        request.Deadline?.Dispose();
        return true;
    }
}
