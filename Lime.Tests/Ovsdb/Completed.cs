using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <summary>What is done by now; to wait for it would stop the loop that is to do it.</summary>
internal static class Completed
{
    public static T Done<T>(this Task<T> task)
    {
        Assert.That(task.IsCompleted, Is.True, "It is not done yet.");
        return task.GetAwaiter().GetResult();
    }
}
