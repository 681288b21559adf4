using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Asks a switch what it need not be able to tell.</summary>
internal static class Questions
{
    /// <returns>The answer's parts; none where it refuses the question.</returns>
    /// <exception cref="OpenFlowRequestException">It doesn't answer.</exception>
    public static async Task<IEnumerable<MultipartReply>> AskAsync(PhysicalSwitch asked, MultipartRequest request)
    {
        try
        {
            return await asked.RequestAllAsync(request);
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return [];
        }
    }
}
