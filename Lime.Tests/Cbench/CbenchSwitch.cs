using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Lime.Tests.Cbench;

/// <summary>A switch as the original cbench plays it: OpenFlow 1.0, hello, features, description statistics
/// and echo are answered, every other request is silently ignored; it teaches one destination, then sends
/// packet-ins and counts every flow-mod that adds and every packet-out.</summary>
/// <remarks>Written from the description of cbench, with none of Lime's codecs. Threading: one thread, the
/// test's.</remarks>
internal sealed class CbenchSwitch : IDisposable
{
    private const int OutputBytesMax = 64 * 1024;
    private const int PacketInBytes = 82;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _input = new byte[256 * 1024];
    private readonly byte[] _output = new byte[2 * OutputBytesMax];
    private readonly int _id;
    private readonly int _addresses;
    private int _inputBytes;
    private int _outputBytes;
    private uint _lastBufferId;
    private int _lastAddress;

    public CbenchSwitch(IPEndPoint controller, int id, int addresses)
    {
        _id = id;
        _addresses = addresses;
        _socket.NoDelay = true;
        _socket.Connect(controller);
        _socket.Blocking = false;
        Put([1, 0, 0, 8, 0, 0, 0, 0]);
    }

    /// <summary>Whether the controller has asked for the features.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Packet-ins sent, the teaching one among them.</summary>
    public int Sent { get; private set; }

    /// <summary>Flow-mods that add or modify, and packet-outs: what cbench counts.</summary>
    public int Responses { get; private set; }

    /// <summary>How often each buffer id was answered.</summary>
    public Dictionary<uint, int> Answers { get; } = [];

    /// <summary>Flow-mods whose match is not that of the packet-in they answer.</summary>
    public int WrongAnswers { get; private set; }

    /// <summary>Fills the output buffer with packet-ins, up to a total.</summary>
    public void Offer(int sentMax)
    {
        while (IsReady && Sent < sentMax && _outputBytes + PacketInBytes <= OutputBytesMax)
            PutPacketIn(isTeaching: false, _lastAddress++ % _addresses);
    }

    /// <summary>Sends what can be sent and reads what is there.</summary>
    public void Exchange()
    {
        if (_outputBytes > 0 && _socket.Poll(0, SelectMode.SelectWrite)) Flush();
        while (_socket.Available > 0)
        {
            _inputBytes += _socket.Receive(_input.AsSpan(_inputBytes));
            TakeFrames();
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Flush()
    {
        int sent = _socket.Send(_output.AsSpan(0, _outputBytes), SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
        _output.AsSpan(sent, _outputBytes - sent).CopyTo(_output);
        _outputBytes -= sent;
    }

    private void TakeFrames()
    {
        int taken = 0;
        while (_inputBytes - taken >= 8)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(_input.AsSpan(taken + 2));
            if (_inputBytes - taken < length) break;
            Take(_input.AsSpan(taken, length));
            taken += length;
        }
        _input.AsSpan(taken, _inputBytes - taken).CopyTo(_input);
        _inputBytes -= taken;
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        switch (frame[1])
        {
            case 2:
                PutReply(3, frame[8..], frame);
                break;
            case 5:
                PutFeatures(frame);
                PutPacketIn(isTeaching: true, 0);
                IsReady = true;
                break;
            case 13:
                Count(frame[8..]);
                break;
            case 14 when frame[57] == 0 || frame[57] == 2:
                CheckMatch(frame);
                Count(frame[64..]);
                break;
            case 16 when frame[9] == 0:
                PutReply(17, new byte[4 + 1056], frame);
                break;
        }
    }

    private void Count(ReadOnlySpan<byte> bufferId)
    {
        Responses++;
        uint id = BinaryPrimitives.ReadUInt32BigEndian(bufferId);
        Answers[id] = Answers.GetValueOrDefault(id) + 1;
    }

    /// <summary>ofp_match: in_port at 12, dl_src at 14, dl_dst at 20.</summary>
    private void CheckMatch(ReadOnlySpan<byte> flowMod)
    {
        bool isFromPortOne = BinaryPrimitives.ReadUInt16BigEndian(flowMod[12..]) == 1;
        bool isToTaught = flowMod[20] == 0x80 && flowMod[25] == _id;
        if (!isFromPortOne || !isToTaught) WrongAnswers++;
    }

    private void PutFeatures(ReadOnlySpan<byte> request)
    {
        var body = new byte[24 + (4 * 48)];
        body[7] = (byte)_id;
        body[11] = 255;
        body[12] = 1;
        for (int port = 0; port < 4; port++) body[24 + (48 * port) + 1] = (byte)(port + 1);
        PutReply(6, body, request);
    }

    /// <summary>A 64-byte TCP packet from one of the addresses to the taught one, or, to teach, from that
    /// one.</summary>
    private void PutPacketIn(bool isTeaching, int address)
    {
        Span<byte> frame = stackalloc byte[PacketInBytes];
        frame.Clear();
        Header(frame, 10, _lastBufferId);
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], _lastBufferId++);
        frame[13] = 64;
        frame[15] = (byte)(isTeaching ? 2 : 1);
        Span<byte> taught = isTeaching ? frame.Slice(24, 6) : frame.Slice(18, 6);
        taught[0] = 0x80;
        taught[5] = (byte)_id;
        if (!isTeaching) BinaryPrimitives.WriteUInt16BigEndian(frame[28..], (ushort)(address + 1));
        else frame.Slice(18, 6).Fill(0xff);
        frame[30] = 8;
        frame[32] = 0x45;
        frame[35] = 50;
        frame[41] = 6;
        frame[44] = 10;
        frame[48] = 10;
        Put(frame);
        Sent++;
    }

    private void PutReply(byte type, ReadOnlySpan<byte> body, ReadOnlySpan<byte> request)
    {
        var frame = new byte[8 + body.Length];
        Header(frame, type, BinaryPrimitives.ReadUInt32BigEndian(request[4..]));
        body.CopyTo(frame.AsSpan(8));
        Put(frame);
    }

    private static void Header(Span<byte> frame, byte type, uint xid)
    {
        frame[0] = 1;
        frame[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], xid);
    }

    private void Put(ReadOnlySpan<byte> frame)
    {
        frame.CopyTo(_output.AsSpan(_outputBytes));
        _outputBytes += frame.Length;
    }
}
