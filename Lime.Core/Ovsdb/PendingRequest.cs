using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>A request that waits for its answer.</summary>
/// <remarks>Completions never run inline: what awaits on the loop is posted back to it.</remarks>
internal abstract class PendingRequest(string method)
{
    public string Method => method;

    /// <summary>Fires when the time for the answer is over.</summary>
    public ITimer? Deadline { get; set; }

    public abstract void Take(JsonElement result);

    public abstract void Fail(Exception exception);
}
