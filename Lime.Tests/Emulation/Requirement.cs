using Lime.Tests.RealNetwork;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>What a test needs of the machine beyond .NET.</summary>
internal static class Requirement
{
    /// <summary>Skips the calling test if the program is not installed, or fails it where skipping is
    /// forbidden.</summary>
    public static void Program(string name)
    {
        if (Tools.Find(name) is not null) return;
        var message = $"This test needs the program {name}, which is not installed.";
        bool isRequired = Environment.GetEnvironmentVariable(RealNetworkRequirements.Variable) == "required";
        if (isRequired) Assert.Fail(message);
        Assert.Ignore(message);
    }
}
