namespace Lime.Core.Migration;

/// <summary>How a virtual switch moves to another physical switch.</summary>
public enum MigrationMethod
{
    /// <summary>Both physical switches carry traffic while attachments move one by one (the paper's section
    /// 3).</summary>
    Clone,

    /// <summary>The old one stops, the last state is copied, the new one starts (the paper's baseline,
    /// section 2.2).</summary>
    FreezeAndCopy,
}
