namespace Lime.Core.Emulation;

/// <summary>Takes a UDP datagram that arrived at a host, on the network's loop; it may send.</summary>
/// <param name="host">The host it arrived at.</param>
/// <param name="datagram">The datagram.</param>
public delegate void UdpHandler(EmulatedHost host, in UdpDatagram datagram);
