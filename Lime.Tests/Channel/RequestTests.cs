using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Channel;

public class RequestTests
{
    private static readonly TimeSpan Timeout = ChannelOptions.Default.RequestTimeout;

    private static readonly ChannelOptions Patient = new()
    {
        EchoInterval = TimeSpan.FromHours(1),
        PendingRequestsMax = 2,
    };

    private static RequestFailure FailureOf(Task task) =>
        ((OpenFlowRequestException)task.Exception!.InnerException!).Failure;

    [Test]
    public void Answers_find_their_requests_by_xid_in_any_order()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Task<OpenFlowMessage> config =
            rig.OnLoop(() => rig.Channel.RequestAsync(new GetConfigRequest()).AsTask());
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.Settle();
        rig.Peer.Say(new BarrierReply(), rig.Peer.XidOfLast(MessageKind.BarrierRequest));
        rig.Settle();
        Assert.That((barrier.IsCompletedSuccessfully, config.IsCompleted), Is.EqualTo((true, false)));
        rig.Peer.Say(new GetConfigReply(0, 128), rig.Peer.XidOfLast(MessageKind.GetConfigRequest));
        rig.Settle();
        Assert.That(config.Result, Is.EqualTo(new GetConfigReply(0, 128)));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    [Test]
    public void A_refusal_fails_the_request_with_the_peers_error()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.Settle();
        rig.Peer.Say(
            new ErrorMessage(ErrorType.BadRequest, 1, [7]),
            rig.Peer.XidOfLast(MessageKind.BarrierRequest));
        rig.Settle();
        var exception = (OpenFlowRequestException)barrier.Exception!.InnerException!;
        Assert.That(exception.Failure, Is.EqualTo(RequestFailure.Refused));
        Assert.That(exception.Error!.Bytes, Is.EqualTo(new byte[] { 7 }));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    /// <remarks>In 1.0 by the extension of Nicira, which has no generation id.</remarks>
    [Test]
    public void A_role_is_a_request_that_its_reply_answers([Values] OpenFlowVersion version)
    {
        using ChannelRig rig = ReadyIn(version);
        bool isOf13 = version == OpenFlowVersion.V13;
        Task<OpenFlowMessage> role = rig.OnLoop(() =>
            rig.Channel.RequestAsync(new RoleRequest(ControllerRole.Master, isOf13 ? 7u : 0u)).AsTask());
        rig.Settle();
        byte[] asked = rig.Peer.Heard.Single();
        uint xid = Lime.OpenFlow.Wire.FrameHeader.Read(asked).Xid.Value;
        Assert.That(Convert.ToHexStringLower(asked), Does.EndWith(isOf13
            ? "00000002" + "00000000" + "0000000000000007"
            : "00002320" + "0000000a" + "00000001"));
        var reply = new RoleReply(ControllerRole.Master, isOf13 ? 7 : ulong.MaxValue);

        rig.Peer.Say(reply, xid + 1);
        rig.Settle();
        Assert.That(role.IsCompleted, Is.False, "another's answer");
        Assert.That(rig.Channel.Counters.UnknownXids, Is.EqualTo(1));
        rig.Peer.Say(reply, xid);
        rig.Settle();

        Assert.That(role.Result, Is.EqualTo(reply));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    /// <remarks>1.3.5 section 6.3.6: OFPRRFC_STALE. A 1.0 switch without the extension refuses the vendor.</remarks>
    [TestCase(OpenFlowVersion.V10, ErrorType.BadRequest, ErrorCodes.BadExperimenter)]
    [TestCase(OpenFlowVersion.V13, ErrorType.RoleRequestFailed, ErrorCodes.RoleStale)]
    public void A_role_that_is_refused_fails_its_request(OpenFlowVersion version, ErrorType type, int code)
    {
        using ChannelRig rig = ReadyIn(version);
        Task role = rig.OnLoop(() => rig.Channel.RequestAsync(new RoleRequest(ControllerRole.Slave, 0)).AsTask());
        rig.Settle();
        uint xid = Lime.OpenFlow.Wire.FrameHeader.Read(rig.Peer.Heard.Single()).Xid.Value;
        rig.Peer.Say(new ErrorMessage(type, (ushort)code, []), xid);
        rig.Settle();

        Assert.That(FailureOf(role), Is.EqualTo(RequestFailure.Refused));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    [Test]
    public void A_role_that_is_not_answered_fails_one_tick_after_its_timeout([Values] OpenFlowVersion version)
    {
        using ChannelRig rig = ReadyIn(version);
        Task role = rig.OnLoop(() => rig.Channel.RequestAsync(new RoleRequest(ControllerRole.Equal, 0)).AsTask());
        rig.Pass(Timeout);
        Assert.That(role.IsCompleted, Is.False);
        rig.PassTick();
        Assert.That(FailureOf(role), Is.EqualTo(RequestFailure.TimedOut));
    }

    private static ChannelRig ReadyIn(OpenFlowVersion version)
    {
        var patient = new ChannelOptions { EchoInterval = TimeSpan.FromHours(1), Versions = [version] };
        return version == OpenFlowVersion.V13 ? ChannelRig.Ready13(patient) : ChannelRig.Ready(patient);
    }

    [Test]
    public void An_error_that_belongs_to_no_request_goes_to_the_handler()
    {
        using ChannelRig rig = ChannelRig.Ready();
        rig.Peer.Say(new ErrorMessage(ErrorType.FlowModFailed, ErrorCodes.TableFull, []), 4711);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("Error 4711"));
    }

    [Test]
    public void A_request_may_take_its_time_and_not_a_tick_more()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task slow = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        Task fast = rig.OnLoop(() => rig.Channel.BarrierAsync(TimeSpan.FromSeconds(1)).AsTask());
        rig.Pass(TimeSpan.FromSeconds(1));
        Assert.That(fast.IsCompleted, Is.False);
        rig.PassTick();
        Assert.That(FailureOf(fast), Is.EqualTo(RequestFailure.TimedOut));
        rig.Pass(Timeout - TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.That(slow.IsCompleted, Is.False);
        rig.PassTick();
        Assert.That(FailureOf(slow), Is.EqualTo(RequestFailure.TimedOut));
    }

    [Test]
    public void A_late_answer_is_counted_and_dropped()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.Pass(Timeout + TimeSpan.FromTicks(1));
        rig.Peer.Say(new BarrierReply(), rig.Peer.XidOfLast(MessageKind.BarrierRequest));
        rig.Settle();
        Assert.That(FailureOf(barrier), Is.EqualTo(RequestFailure.TimedOut));
        Assert.That(rig.Channel.Counters.UnknownXids, Is.EqualTo(1));
        Assert.That(rig.Handler.Story, Is.Empty);
    }

    [Test]
    public void An_answer_of_another_kind_does_not_complete_a_request()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Task<OpenFlowMessage> config =
            rig.OnLoop(() => rig.Channel.RequestAsync(new GetConfigRequest()).AsTask());
        rig.Settle();
        rig.Peer.Say(new BarrierReply(), rig.Peer.XidOfLast(MessageKind.GetConfigRequest));
        rig.Settle();
        Assert.That(config.IsCompleted, Is.False);
        Assert.That(rig.Channel.Counters.UnknownXids, Is.EqualTo(1));
    }

    [Test]
    public void All_parts_are_collected_and_each_restarts_the_time()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task<ImmutableArray<MultipartReply>> all =
            rig.OnLoop(() => rig.Channel.RequestAllAsync(new TableStatisticsRequest()).AsTask());
        for (int i = 0; i < 3; i++)
        {
            rig.Pass(Timeout);
            Assert.That(all.IsCompleted, Is.False);
            rig.Peer.Say(
                new TableStatisticsReply([]) { HasMore = i < 2 },
                rig.Peer.XidOfLast(MessageKind.MultipartRequest));
            rig.Settle();
        }
        Assert.That(all.Result, Has.Length.EqualTo(3));
    }

    [Test]
    public void Parts_that_stop_coming_time_out()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task<ImmutableArray<MultipartReply>> all =
            rig.OnLoop(() => rig.Channel.RequestAllAsync(new TableStatisticsRequest()).AsTask());
        rig.Pass(Timeout);
        rig.Peer.Say(
            new TableStatisticsReply([]) { HasMore = true },
            rig.Peer.XidOfLast(MessageKind.MultipartRequest));
        rig.Pass(Timeout);
        Assert.That(all.IsCompleted, Is.False);
        rig.PassTick();
        Assert.That(FailureOf(all), Is.EqualTo(RequestFailure.TimedOut));
    }

    [Test]
    public void An_answer_without_end_is_cut()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task<ImmutableArray<MultipartReply>> all =
            rig.OnLoop(() => rig.Channel.RequestAllAsync(new TableStatisticsRequest()).AsTask());
        rig.Settle();
        uint xid = rig.Peer.XidOfLast(MessageKind.MultipartRequest);
        byte[] part = ScriptedPeer.Frame(new TableStatisticsReply([]) { HasMore = true }, xid);
        byte[] thousand = [.. Enumerable.Repeat(part, 1000).SelectMany(bytes => bytes)];
        for (int i = 0; i < 66 && !all.IsCompleted; i++)
        {
            rig.Peer.SayBytes(thousand);
            rig.Settle();
        }
        Assert.That(FailureOf(all), Is.EqualTo(RequestFailure.Overloaded));
        Assert.That(rig.Channel.IsReady, Is.True);
    }

    [Test]
    public void More_requests_than_may_wait_are_refused()
    {
        using ChannelRig rig = ChannelRig.Ready(Patient);
        Task first = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        Task third = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.Settle();
        Assert.That(FailureOf(third), Is.EqualTo(RequestFailure.Overloaded));
        rig.Peer.Say(new BarrierReply(), FirstBarrierXid(rig));
        rig.Settle();
        Assert.That(first.IsCompletedSuccessfully, Is.True);
        Assert.That(
            rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask()).IsFaulted,
            Is.False,
            "There is room again.");
    }

    [Test]
    public void Whoever_waits_learns_that_the_channel_closed()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Task barrier = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        rig.OnLoop(() => rig.Channel.Close(ChannelCloseReason.ClosedByUs, "Enough."));
        Assert.That(FailureOf(barrier), Is.EqualTo(RequestFailure.NotConnected));
        Task late = rig.OnLoop(() => rig.Channel.BarrierAsync().AsTask());
        Assert.That(FailureOf(late), Is.EqualTo(RequestFailure.NotConnected));
    }

    [Test]
    public void An_await_continues_on_the_loop_after_the_handlers_call()
    {
        using ChannelRig rig = ChannelRig.Ready();
        async Task WaitAsync()
        {
            await rig.Channel.BarrierAsync();
            rig.Handler.Calls.Add($"continued {rig.Loop.IsCurrent}");
        }
        rig.OnLoop(() => { _ = WaitAsync(); });
        rig.Settle();
        byte[] reply = ScriptedPeer.Frame(new BarrierReply(), rig.Peer.XidOfLast(MessageKind.BarrierRequest));
        rig.Peer.SayBytes([.. reply, .. ScriptedPeer.PacketInFrame()]);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("packet-in 60, continued True"));
    }

    [Test]
    public void A_message_that_nothing_answers_is_no_request()
    {
        using ChannelRig rig = ChannelRig.Ready();
        Assert.That(() => rig.Channel.RequestAsync(new BarrierReply()), Throws.ArgumentException);
        Assert.That(
            () => rig.Channel.BarrierAsync(TimeSpan.Zero),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void An_xid_is_never_zero_nor_one_that_waits()
    {
        var requests =
            new PendingRequests(new ChannelClock(TimeProvider.System), 10, lastXid: uint.MaxValue - 1);
        var pending = new SingleRequest(new Xid(1), new BarrierRequest(), Timeout);
        requests.Add(pending);
        Assert.That(requests.NextXid(), Is.EqualTo(new Xid(uint.MaxValue)));
        Assert.That(requests.NextXid(), Is.EqualTo(new Xid(2)));
    }

    [Test]
    public void In_the_role_of_a_switch_requests_go_to_the_handler()
    {
        using ChannelRig rig = ChannelRig.Ready(role: ChannelRole.Switch);
        rig.Peer.Say(new BarrierRequest(), 5);
        rig.Peer.Say(new DescriptionRequest(), 6);
        rig.Settle();
        Assert.That(rig.Handler.Story, Is.EqualTo("BarrierRequest 5, MultipartRequest 6"));
    }

    private static uint FirstBarrierXid(ChannelRig rig) =>
        Lime.OpenFlow.Wire.FrameHeader.Read(rig.Peer.HeardOf(MessageKind.BarrierRequest)[0]).Xid.Value;
}
