using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Models;

/// <summary>The bytes of a <see cref="RecommendationModel"/>: a mark and a version, the parts, and a digest of all before it.</summary>
public static class ModelFormat
{
    private const int Digest = sizeof(ulong);
    private static readonly byte[] Mark = "CLVR\u0001"u8.ToArray();

    /// <summary>Writes a model. Equal models have equal bytes.</summary>
    public static byte[] Write(RecommendationModel model)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, new UTF8Encoding(false));
        writer.Write(Mark);
        writer.Write7BitEncodedInt(model.Catalogue.Count);
        for (var p = 0; p < model.Catalogue.Count; p++)
        {
            Write(writer, model.Catalogue.Products[p]);
            writer.Write(model.Popularity[p]);
            writer.Write(model.Repeats[p].Rate);
            writer.Write(model.Repeats[p].Gap);
        }

        writer.Write7BitEncodedInt(model.Decay.Groups);
        writer.Write(model.Decay.Within);
        writer.Write(model.Decay.Among);
        model.Customers.Weights.Write(writer);
        writer.Write((byte)model.AssociationKind);
        model.Associations.Write(writer);
        foreach (var weight in WeightsOf(model.Blend))
        {
            writer.Write(weight);
        }

        writer.Flush();
        writer.Write(XxHash64.HashToUInt64(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.ToArray();
    }

    /// <summary>The inverse of <see cref="Write(RecommendationModel)"/>.</summary>
    /// <exception cref="InvalidDataException">They are no such bytes.</exception>
    public static RecommendationModel Read(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Mark.AsSpan(0, 4)))
        {
            throw new InvalidDataException("This is not a recommendation model.");
        }

        if (bytes.Length < Mark.Length + Digest || bytes[4] != Mark[4])
        {
            throw new InvalidDataException($"Version {bytes.ElementAtOrDefault(4)} of recommendation models is not known; {Mark[4]} is.");
        }

        var digest = BitConverter.ToUInt64(bytes, bytes.Length - Digest);
        if (XxHash64.HashToUInt64(bytes.AsSpan(0, bytes.Length - Digest)) != digest)
        {
            throw new InvalidDataException("The recommendation model is damaged: train again.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Mark.Length, bytes.Length - Mark.Length - Digest, false));
        var products = new CatalogueProduct[reader.Read7BitEncodedInt()];
        var (popularity, repeats) = (new float[products.Length], new RepeatRate[products.Length]);
        for (var p = 0; p < products.Length; p++)
        {
            products[p] = ReadProduct(reader);
            popularity[p] = reader.ReadSingle();
            repeats[p] = new(reader.ReadSingle(), reader.ReadSingle());
        }

        return new()
        {
            Catalogue = Catalogue.Of(products),
            Popularity = ImmutableArray.Create(popularity),
            Repeats = ImmutableArray.Create(repeats),
            Decay = new(reader.Read7BitEncodedInt(), reader.ReadDouble(), reader.ReadDouble()),
            Customers = new(SparseRows.Read(reader, products.Length), products.Length),
            AssociationKind = (AssociationKind)reader.ReadByte(),
            Associations = SparseRows.Read(reader, products.Length),
            Blend = new(
                reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble(), reader.ReadDouble()),
        };
    }

    private static double[] WeightsOf(Blend blend) =>
        [blend.Repeat, blend.Personal, blend.Length, blend.Rate, blend.Dueness, blend.Association, blend.Popularity];

    private static void Write(BinaryWriter writer, CatalogueProduct product)
    {
        writer.Write(product.Id);
        writer.Write(product.Category is not null);
        if (product.Category is { } category)
        {
            writer.Write(category);
        }

        writer.Write(product.Price is not null);
        if (product.Price is { } price)
        {
            writer.Write((ulong)(UInt128)price.Minor);
            writer.Write((long)(price.Minor >> 64));
        }
    }

    private static CatalogueProduct ReadProduct(BinaryReader reader)
    {
        var id = reader.ReadString();
        var category = reader.ReadBoolean() ? reader.ReadString() : null;
        if (!reader.ReadBoolean())
        {
            return new(id, category);
        }

        var low = reader.ReadUInt64();
        return new(id, category, new Money(((Int128)reader.ReadInt64() << 64) | low));
    }
}
