namespace Lime.Core.Switches;

/// <summary>What is different at the instances of a virtual switch while there are several, so that together they
/// behave as one.</summary>
/// <remarks>Life cycle: begins before a clone is filled, ends when one instance is left; beginning twice, or ending
/// what has not begun, does nothing. Threading: the owner loop's.</remarks>
internal sealed class CloneDiscipline(VirtualSwitch virtualSwitch)
{
    /// <summary>Before the target is given anything.</summary>
    public async Task BeginAsync(Instance source)
    {
        virtualSwitch.Buffers.Begin(source);
        await virtualSwitch.ControllerFirst.BeginAsync(source);
    }

    /// <summary>One instance is left, whose tables are again what apps asked for.</summary>
    public Task EndAsync(Instance staying) => virtualSwitch.ControllerFirst.EndAsync(staying);
}
