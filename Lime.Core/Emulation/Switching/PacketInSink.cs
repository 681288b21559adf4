using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>Takes a packet-in for the controller.</summary>
internal delegate void PacketInSink(in PacketIn message);
