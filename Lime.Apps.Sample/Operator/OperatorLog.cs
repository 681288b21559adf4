using Microsoft.Extensions.Logging;

namespace Lime.Apps.Sample.Operator;

/// <summary>What the operator API logs.</summary>
internal static partial class OperatorLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "{Method} {Path}: the caller did not wait for the answer")]
    public static partial void CallerGone(ILogger logger, string method, string path);
}
