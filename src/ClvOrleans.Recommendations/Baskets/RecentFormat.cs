using System.Text;

namespace ClvOrleans.Recommendations.Baskets;

/// <summary>The compact form of <see cref="RecentItems"/>: a version, and of each item its product, time and kind.</summary>
public static class RecentFormat
{
    private const byte Version = 1;

    /// <summary>Writes items. Equal items have equal bytes.</summary>
    public static byte[] Write(RecentItems recent)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, new UTF8Encoding(false));
        writer.Write(Version);
        writer.Write7BitEncodedInt(recent.Items.Count);
        var last = 0L;
        foreach (var item in recent.Items)
        {
            writer.Write(item.Product);
            writer.Write7BitEncodedInt64(last - item.At);
            writer.Write((byte)item.Interest);
            last = item.At;
        }

        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>The inverse of <see cref="Write"/>. <exception cref="InvalidDataException">These are no such bytes.</exception></summary>
    public static RecentItems Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, false), new UTF8Encoding(false, true));
        try
        {
            if (reader.ReadByte() is not Version and var version)
            {
                throw new InvalidDataException($"Recent items of version {version} are not known; {Version} is: fold the events again.");
            }

            var recent = new RecentItems();
            var last = 0L;
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var product = reader.ReadString();
                last -= reader.Read7BitEncodedInt64();
                recent.Add(new RecentItem(product, last, (Interest)reader.ReadByte()));
            }

            return recent;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("A customer's recent items are cut off or damaged: fold the events again.", e);
        }
    }
}
