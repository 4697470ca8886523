using System.Text;

namespace ClvOrleans.Recommendations.Baskets;

/// <summary>
/// The compact form of a <see cref="BasketHistory"/>: a version, the product ids once each in order, then days as distances and lines as
/// places in that list, all as 7-bit integers. Equal histories have equal bytes.
/// </summary>
public static class BasketFormat
{
    private const byte Version = 1;

    /// <summary>Writes a history.</summary>
    public static byte[] Write(BasketHistory history)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, new UTF8Encoding(false));
        var ids = history.Sorted.Values.SelectMany(b => b.Keys).Concat(history.Returns.Keys);
        string[] products = [.. ids.Distinct().Order(StringComparer.Ordinal)];
        writer.Write(Version);
        writer.Write(history.IsTruncated);
        writer.Write7BitEncodedInt(products.Length);
        foreach (var product in products)
        {
            writer.Write(product);
        }

        var last = 0;
        writer.Write7BitEncodedInt(history.Sorted.Count);
        foreach (var (day, basket) in history.Sorted)
        {
            writer.Write7BitEncodedInt(day - last);
            writer.Write7BitEncodedInt(basket.Count);
            last = day;
            foreach (var (product, line) in basket)
            {
                writer.Write7BitEncodedInt(Array.BinarySearch(products, product, StringComparer.Ordinal));
                writer.Write7BitEncodedInt(line.Orders);
                writer.Write7BitEncodedInt64(line.Units);
            }
        }

        writer.Write7BitEncodedInt(history.Returns.Count);
        foreach (var (product, orders) in history.Returns)
        {
            writer.Write7BitEncodedInt(Array.BinarySearch(products, product, StringComparer.Ordinal));
            writer.Write7BitEncodedInt(orders);
        }

        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>The inverse of <see cref="Write"/>. <exception cref="InvalidDataException">These are no such bytes.</exception></summary>
    public static BasketHistory Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, false), new UTF8Encoding(false, true));
        try
        {
            return Read(reader);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A customer's baskets are cut off or damaged: fold the customer's orders again.", e);
        }
    }

    private static BasketHistory Read(BinaryReader reader)
    {
        if (reader.ReadByte() is not Version and var version)
        {
            throw new InvalidDataException($"Baskets of version {version} are not known; {Version} is: fold the customer's orders again.");
        }

        var history = new BasketHistory { IsTruncated = reader.ReadBoolean() };
        var products = new string[CountOf(reader)];
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = reader.ReadString();
        }

        var day = 0;
        for (var left = CountOf(reader); left > 0; left--)
        {
            day += reader.Read7BitEncodedInt();
            var basket = new SortedDictionary<string, BasketLine>(StringComparer.Ordinal);
            for (var lines = reader.Read7BitEncodedInt(); lines > 0; lines--)
            {
                basket.Add(products[reader.Read7BitEncodedInt()], new(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64()));
            }

            history.Sorted.Add(day, basket);
        }

        for (var left = CountOf(reader); left > 0; left--)
        {
            history.Returns.Add(products[reader.Read7BitEncodedInt()], reader.Read7BitEncodedInt());
        }

        return history;
    }

    // No count can be greater than the bytes that follow: damaged bytes do not ask for memory.
    private static int CountOf(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count >= 0 && count <= left ? count : throw new FormatException($"{count} entries in {left} bytes.");
    }
}
