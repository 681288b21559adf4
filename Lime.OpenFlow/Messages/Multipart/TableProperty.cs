using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>One property of a table: a list of what it can do (ofp_table_feature_prop_header).</summary>
/// <remarks>The list is kept as on the wire, so that what this library doesn't know stays; the codec has checked that
/// its entries fill it.</remarks>
/// <param name="Type">What is listed; another number than the named ones is kept.</param>
/// <param name="Bytes">The list behind type and length, without padding: instruction or action headers (type 16
/// bits, length 16 bits, and an experimenter's 32 bits), table numbers of a byte each, or field headers of 32
/// bits.</param>
public sealed record TableProperty(TablePropertyType Type, ImmutableArray<byte> Bytes);
