using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>A host is to go from one place to another, and to stay what it is.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Mac">Its Ethernet address, if the plan tells it.</param>
/// <param name="From">Where it is.</param>
/// <param name="To">Where it is to be.</param>
public sealed record HostMove(string Host, MacAddress? Mac, HostPlace From, HostPlace To);
