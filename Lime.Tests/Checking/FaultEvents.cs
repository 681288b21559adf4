namespace Lime.Tests.Checking;

/// <summary>From here on packets may be lost, and what they cause too: a fault that loses packets on an ordinary switch
/// (a link that is down, a control channel that is gone, a freeze that drops) has begun.</summary>
/// <remarks>A packet may be lost if it was on its way at any moment between the begin and the end.</remarks>
internal sealed record LossBegan(TimeSpan At, string Cause) : TraceEvent(At)
{
    /// <summary>If what one of several instances had counted is lost with it: since when it may have counted; null:
    /// nothing is.</summary>
    /// <remarks>OpenFlow has no way to ask a switch that is gone what it had counted.</remarks>
    public TimeSpan? CountsLostSince { get; init; }

    /// <summary>If only what this host is sent may be lost, since it stands still: the host.</summary>
    public string? Host { get; init; }

    public override string Text => $"fault: loss is allowed, {Cause}";
}

/// <summary>The fault is over.</summary>
internal sealed record LossEnded(TimeSpan At, string Cause) : TraceEvent(At)
{
    /// <summary>Whether another switch has gone on meanwhile, whose meters have measured nothing before: a meter's
    /// configuration can be copied, what it has measured can't be asked for.</summary>
    public bool MetersBeganAnew { get; init; }

    public override string Text => $"fault over: {Cause}";
}

/// <summary>Something that explains the trace to its reader and means nothing to the checker.</summary>
internal sealed record Remark(TimeSpan At, string What) : TraceEvent(At)
{
    public override string Text => $"-- {What}";
}
