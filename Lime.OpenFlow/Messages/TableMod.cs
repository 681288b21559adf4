using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Changes a table's behaviour (ofp_table_mod).</summary>
/// <param name="Table">Which, or <see cref="TableId.All"/>.</param>
/// <param name="Config">Bits of ofp_table_config; 1.3 has none in use, 1.1 and 1.2 say what a miss does in bits 0
/// and 1.</param>
public sealed record TableMod(TableId Table, uint Config) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.TableMod;
}
