using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Meters;
using Lime.Core.Emulation.Tables;

namespace Lime.Core.Emulation.Switching;

/// <summary>What packets meet in a switch.</summary>
internal sealed record PipelineParts(
    SwitchPorts Ports, DataPlane Rules, GroupTable Groups, MeterTable Meters, PacketBuffers Buffers);
