using System.Runtime.ExceptionServices;

namespace Lime.Tests.RealNetwork;

/// <summary>Does the same for several things at once, each on a thread of its own.</summary>
/// <remarks>For what waits for other processes most of the time.</remarks>
internal static class SideBySide
{
    /// <returns>What each gave, in their order, when all have ended.</returns>
    /// <exception cref="Exception">What the first of those that failed threw; the others have ended.</exception>
    public static TResult[] Run<T, TResult>(IReadOnlyList<T> things, Func<T, TResult> action)
    {
        var results = new TResult[things.Count];
        var failures = new Exception?[things.Count];
        Thread[] threads = [.. things.Select((each, index) => new Thread(() =>
        {
            try
            {
                results[index] = action(each);
            }
            catch (Exception exception)
            {
                failures[index] = exception;
            }
        }))];
        foreach (Thread each in threads) each.Start();
        foreach (Thread each in threads) each.Join();
        if (failures.FirstOrDefault(each => each is not null) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return results;
    }
}
