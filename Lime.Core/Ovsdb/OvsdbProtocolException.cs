namespace Lime.Core.Ovsdb;

/// <summary>The database server has said what RFC 7047 doesn't allow; the connection ends by it.</summary>
internal sealed class OvsdbProtocolException(string message) : Exception(message);
