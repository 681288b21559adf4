using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>A question to a server.</summary>
/// <typeparam name="T">What its answer becomes.</typeparam> <param name="Method">The method's name (RFC 7047 section
/// 4.1).</param>
/// <param name="WriteParameters">Writes the elements of <c>params</c>.</param>
/// <param name="Read">Reads the result when it arrives, before anything that comes behind it; what it throws as
/// <see cref="OvsdbProtocolException"/> ends the connection.</param>
internal sealed record OvsdbRequest<T>(
    string Method, Action<Utf8JsonWriter> WriteParameters, Func<JsonElement, T> Read);
