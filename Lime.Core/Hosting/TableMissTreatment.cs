namespace Lime.Core.Hosting;

/// <summary>What becomes of a packet that no rule of a switch matches, where the version leaves that to the
/// controller: from OpenFlow 1.3 on. In 1.0 such a packet always goes to the controller (1.0.0 section
/// 3.4).</summary>
public enum TableMissTreatment
{
    /// <summary>It is handed to the apps, as in 1.0: a table-miss rule (priority 0, all wildcards, output to the
    /// controller; 1.3.5 section 5.4) is kept on each switch.</summary>
    ToController,

    /// <summary>It is dropped, which is what 1.3 does by itself (1.3.5 section 5.4), unless an app installs a
    /// table-miss rule of its own.</summary>
    Drop,
}
