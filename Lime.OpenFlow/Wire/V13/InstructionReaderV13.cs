using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Collects a rule's instructions as they come; each type may come once (OpenFlow 1.3.5 section 5.9), but
/// those that this library doesn't know as often as they like.</summary>
internal struct InstructionReaderV13
{
    private const int ShortArgumentBytes = 4;
    private const int MetadataArgumentBytes = 20;

    private uint _seen;
    private MeterId? _meter;
    private bool _clearsActions;
    private ActionList? _writeActions;
    private ulong _metadata;
    private ulong _metadataMask;
    private TableId? _goToTable;
    private ImmutableArray<ImmutableArray<byte>>.Builder? _opaque;

    public ActionList? ApplyActions { get; private set; }

    /// <summary>Whether there was any but apply-actions.</summary>
    public bool HasOthers { get; private set; }

    /// <summary>Takes in the instruction at byte <paramref name="offset"/>.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="argument">What follows its length.</param>
    /// <param name="offset">Where it starts in the frame.</param>
    public void Add(InstructionTypeV13 type, WireReader argument, int offset)
    {
        bool isKnown = type is >= InstructionTypeV13.GoToTable and <= InstructionTypeV13.Meter;
        if (isKnown) RefuseSecond(type, offset);
        if (type != InstructionTypeV13.ApplyActions) HasOthers = true;
        switch (type)
        {
            case InstructionTypeV13.GoToTable:
                Expect(argument, ShortArgumentBytes, offset);
                _goToTable = new TableId(argument.ReadUInt8("ofp_instruction_goto_table.table_id"));
                break;
            case InstructionTypeV13.WriteMetadata:
                Expect(argument, MetadataArgumentBytes, offset);
                AddMetadata(argument);
                break;
            case InstructionTypeV13.WriteActions:
                _writeActions = ReadActions(argument);
                break;
            case InstructionTypeV13.ApplyActions:
                ApplyActions = ReadActions(argument);
                break;
            case InstructionTypeV13.ClearActions:
                Expect(argument, ShortArgumentBytes, offset);
                _clearsActions = true;
                break;
            case InstructionTypeV13.Meter:
                Expect(argument, ShortArgumentBytes, offset);
                _meter = new MeterId(argument.ReadUInt32("ofp_instruction_meter.meter_id"));
                break;
            default:
                AddOpaque((ushort)type, argument.ReadRest());
                break;
        }
    }

    public readonly FlowInstructions ToInstructions() => new()
    {
        Meter = _meter,
        ClearsActions = _clearsActions,
        WriteActions = _writeActions,
        Metadata = _metadata,
        MetadataMask = _metadataMask,
        GoToTable = _goToTable,
        Opaque = _opaque?.ToImmutable() ?? [],
    };

    private void AddMetadata(WireReader argument)
    {
        WireReader whole = argument;
        argument.Skip(4, "ofp_instruction_write_metadata.pad");
        ulong metadata = argument.ReadUInt64("ofp_instruction_write_metadata.metadata");
        ulong mask = argument.ReadUInt64("ofp_instruction_write_metadata.metadata_mask");
        if (mask == 0)
            AddOpaque((ushort)InstructionTypeV13.WriteMetadata, whole.ReadRest());
        else
            (_metadata, _metadataMask) = (metadata, mask);
    }

    private void AddOpaque(ushort type, ReadOnlySpan<byte> argument)
    {
        int bytes = sizeof(uint) + argument.Length;
        _opaque ??= ImmutableArray.CreateBuilder<ImmutableArray<byte>>();
        _opaque.Add([(byte)(type >> 8), (byte)type, (byte)(bytes >> 8), (byte)bytes, .. argument]);
    }

    private static ActionList ReadActions(WireReader argument)
    {
        argument.Skip(4, "ofp_instruction_actions.pad");
        return ActionListV13.Read(ref argument);
    }

    private void RefuseSecond(InstructionTypeV13 type, int offset)
    {
        uint bit = 1u << (int)type;
        if ((_seen & bit) != 0)
            throw new OpenFlowProtocolException(ErrorType.BadInstruction, ErrorCodes.InstructionUnsupported,
                $"The instruction at byte {offset} is the second of type {(ushort)type}.");
        _seen |= bit;
    }

    private static void Expect(WireReader argument, int bytes, int offset)
    {
        if (argument.RemainingBytes != bytes)
            throw InstructionsV13.BadLength(offset, argument.RemainingBytes + sizeof(uint));
    }
}
