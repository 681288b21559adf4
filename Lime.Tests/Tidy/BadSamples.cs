namespace Lime.Tests.Tidy;

/// <summary>At least one for each rule, and one for each thing that a rule of many parts forbids.</summary>
internal static class BadSamples
{
    public static IReadOnlyList<BadSample> All { get; } =
        [.. OfShape(), .. OfHabits(), .. OfWalls(), .. OfVersions()];

    private static IEnumerable<BadSample> OfShape() =>
    [
        new(typeof(LineWidth), "Lime.Core/Apps/A.cs", "// " + new string('x', 118), "121 columns"),
        new(typeof(ParameterCount), "Lime.Core/Apps/A.cs",
            "class A { void F(int a, int b, int c, int d, int e, int f) { } }", "6 parameters"),
        new(typeof(ParameterCount), "Lime.Core/Apps/A.cs",
            "class A(int a, int b, int c, int d, int e, int f);", "6 parameters"),
        new(typeof(OnePublicType), "Lime.Core/Apps/A.cs", "public class A; public enum B;", "B too"),
        new(typeof(OnePublicType), "Lime.Core/Apps/A.cs", "public delegate void B();", "B in A.cs"),
        new(typeof(NamespaceIsFolder), "Lime.Core/Apps/A.cs",
            "namespace Lime.Core.App; class A;", "Lime.Core.App instead of Lime.Core.Apps"),
        new(typeof(NamespaceIsFolder), "Lime.Core/Apps/A.cs", "class A;", "A has no namespace"),
        new(typeof(TypeNames), "Lime.Core/Apps/A.cs", "class PortManager;", "PortManager"),
        new(typeof(TypeNames), "Lime.Core/Apps/A.cs", "record PortInfo;", "PortInfo"),
        new(typeof(TypeNames), "Lime.Core/Apps/A.cs", "static class WireHelpers;", "WireHelpers"),
        new(typeof(PartialTypes), "Lime.Core/Apps/A.cs", "partial class A { void F() { } }", "A"),
    ];

    private static IEnumerable<BadSample> OfHabits() =>
    [
        new(typeof(NothingUnfinished), "Lime.Core/Apps/A.cs", "// TO" + "DO: more", "// TO" + "DO"),
        new(typeof(NothingUnfinished), "Lime.Core/Apps/A.cs",
            "/// <summary>FIX" + "ME</summary>\nclass A;", "///"),
        new(typeof(NothingUnfinished), "Lime.Core/Apps/A.cs", "// port.Close();", "code in a comment"),
        new(typeof(NothingUnfinished), "Lime.Core/Apps/A.cs",
            "class A { int F() => throw new System.NotImplementedException(); }", "NotImplementedException"),
        new(typeof(Suppressions), "Lime.Core/Apps/A.cs",
            "#pragma warning disable CA1000", "#pragma warning disable CA1000"),
        new(typeof(EmptyCatch), "Lime.Core/Apps/A.cs",
            "class A { void F() { try { F(); } catch (System.IO.IOException) { /* fine */ } } }", "an empty catch"),
        OnLoop("lock (this) { }", "lock"),
        OnLoop("Task.Run(F);", "System.Threading.Tasks.Task.Run"),
        OnLoop("Thread.Sleep(1);", "System.Threading.Thread.Sleep"),
        OnLoop("Monitor.Enter(this);", "System.Threading.Monitor.Enter"),
        OnLoop("_ = Task.FromResult(1).Result;", "System.Threading.Tasks.Task.Result"),
        OnLoop("Task.CompletedTask.Wait();", "System.Threading.Tasks.Task.Wait"),
        OnLoop("new ValueTask().GetAwaiter().GetResult();",
            "System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"),
        OnLoop("async void G() => await Task.Yield();", "async void"),
        new(typeof(NoBlocking), "Lime.Tests/A.cs",
            "namespace Lime.Tests; class A { Task F() => Task.Delay(1); }", "System.Threading.Tasks.Task.Delay"),
        new(typeof(NoBlocking), "Lime.Core/Hosting/A.cs",
            "namespace Lime.Core.Hosting; class A { async void F() => await Task.Yield(); }", "async void"),
        new(typeof(PlainCode), "Lime.Core/Apps/A.cs", "unsafe class A;", "unsafe"),
        new(typeof(PlainCode), "Lime.Core/Apps/A.cs", "class A { object? F(System.Reflection.Pointer p) => null; }",
            "System.Reflection.Pointer"),
    ];

    private static IEnumerable<BadSample> OfWalls() =>
    [
        Wall("Lime.Core.Networks", "Lime.Core.Rules"),
        Wall("Lime.Core.Translation", "Lime.Core.Rules"),
        Wall("Lime.Core.Rules", "Lime.Core.Migration"),
        Wall("Lime.Core.Migration", "Lime.Core.Switches"),
        Wall("Lime.Core.Switches", "Lime.Core.Hosting"),
        Wall("Lime.Core.Apps", "Lime.Core.Networks"),
        Wall("Lime.Core.Hosting", "Lime.Core.Emulation"),
        Wall("Lime.Core.Emulation", "Lime.Core.Switches"),
        Wall("Lime.Core.Hosting", "Lime.Core.Shed"),
        Wall("Lime.OpenFlow.Messages", "Lime.OpenFlow.Wire"),
        Wall("Lime.OpenFlow.Channel", "Lime.OpenFlow.Transport"),
        Wall("Lime.OpenFlow.Identifiers", "Lime.Core.Networks"),
        new(typeof(FolderWalls), "Lime.Core/Rules/A.cs",
            "namespace Lime.Core.Hosting { class B; static class C { public static B Make() => new(); } }"
            + " namespace Lime.Core.Rules { class A { object F<T>(T t) => Hosting.C.Make(); } }",
            "Lime.Core.Rules uses Lime.Core.Hosting.C"),
        new(typeof(ForeignLibraries), "Lime.OpenFlow/Channel/A.cs",
            "namespace Lime.OpenFlow.Channel; class A { Pipelines.Sockets.Unofficial.SocketConnection? _socket; }",
            "Lime.OpenFlow.Channel uses Pipelines.Sockets.Unofficial.SocketConnection"),
        new(typeof(ForeignLibraries), "Lime.Core/Switches/A.cs",
            "namespace Lime.Core.Switches;"
            + " class A { Microsoft.Extensions.DependencyInjection.IServiceCollection? _all; }",
            "Lime.Core.Switches uses Microsoft.Extensions.DependencyInjection.IServiceCollection"),
    ];

    private static IEnumerable<BadSample> OfVersions() =>
    [
        Version("bool F(OpenFlowVersion v) => v == OpenFlowVersion.V13;", "v == OpenFlowVersion.V13"),
        Version("bool F(OpenFlowVersion v) => v >= OpenFlowVersion.V13;", "v >= OpenFlowVersion.V13"),
        Version("bool F(OpenFlowVersion? v) => v is OpenFlowVersion.V13;", "v is OpenFlowVersion.V13"),
        Version("int F(OpenFlowVersion v) => v switch { OpenFlowVersion.V13 => 1, _ => 0 };", "v switch"),
        Version("void F(OpenFlowVersion v) { switch (v) { default: break; } }", "switch (v)"),
        Version("int F(OpenFlowVersion v) => (int)v;", "(int)v"),
        Version("object F() => new OpenFlow.Wire.V10.CodecV10();", "CodecV10"),
    ];

    private static BadSample OnLoop(string statement, string expected) => new(
        typeof(NoBlocking), "Lime.Core/Rules/A.cs",
        $"namespace Lime.Core.Rules; class A {{ void F() {{ {statement} }} }}", expected);

    private static BadSample Wall(string user, string used) => new(
        typeof(FolderWalls), user.Replace('.', '/').Replace("Lime/", "Lime.", StringComparison.Ordinal) + "/A.cs",
        $"namespace {used} {{ class B; }} namespace {user} {{ class A {{ {used}.B? _field; }} }}",
        $"{user} uses {used}.B");

    private static BadSample Version(string member, string expected) => new(
        typeof(NeutralAboveWire), "Lime.Core/Rules/A.cs",
        "namespace Lime.OpenFlow { enum OpenFlowVersion { V10, V13 } }"
        + " namespace Lime.OpenFlow.Wire.V10 { class CodecV10; }"
        + $" namespace Lime.Core.Rules {{ using Lime.OpenFlow; class A {{ {member} }} }}",
        expected);
}
