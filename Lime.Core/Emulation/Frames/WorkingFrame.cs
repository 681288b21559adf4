using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>A frame that actions work on: copied before the first write, and again after it was
/// sent.</summary>
/// <remarks>Mutable: pass it by reference.</remarks>
internal struct WorkingFrame(byte[] bytes)
{
    private bool _isOwned;

    public byte[] Bytes { get; private set; } = bytes;

    /// <summary>The bytes to hand to a link; they will not be written to any more.</summary>
    public byte[] Share()
    {
        _isOwned = false;
        return Bytes;
    }

    public Span<byte> ForWriting()
    {
        if (!_isOwned) Replace((byte[])Bytes.Clone());
        return Bytes;
    }

    /// <summary>Puts the four bytes of an 802.1Q tag behind the addresses.</summary>
    public void InsertTag(ushort tag)
    {
        var tagged = new byte[Bytes.Length + 4];
        Bytes.AsSpan(0, 12).CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(12), FrameLayout.Vlan);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(14), tag);
        Bytes.AsSpan(12).CopyTo(tagged.AsSpan(16));
        Replace(tagged);
    }

    public void RemoveTag()
    {
        var untagged = new byte[Bytes.Length - 4];
        Bytes.AsSpan(0, 12).CopyTo(untagged);
        Bytes.AsSpan(16).CopyTo(untagged.AsSpan(12));
        Replace(untagged);
    }

    /// <summary>Goes on with other bytes, which nobody else holds.</summary>
    public void Replace(byte[] owned)
    {
        Bytes = owned;
        _isOwned = true;
    }
}
