namespace Lime.OpenFlow.Channel;

/// <summary>Which end of an OpenFlow connection we are.</summary>
public enum ChannelRole
{
    /// <summary>We ask for the features; the peer is a switch.</summary>
    Controller,

    /// <summary>We tell the features; the peer is a controller.</summary>
    Switch,
}
