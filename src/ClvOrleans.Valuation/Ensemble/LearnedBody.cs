using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What a learned model version consists of: kept beside the version, which tells of it.</summary>
/// <param name="Value">The values.</param>
/// <param name="Lifetime">The buy-till-you-die version that gives probabilities, counts, next orders and the shape of intervals.</param>
public sealed record LearnedBody(StackedValue Value, ModelVersion Lifetime)
{
    /// <summary>Names of the features that it was trained with, in the order of the columns.</summary>
    public ImmutableArray<string> Columns { get; init; } = FeatureCatalogue.Names;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not such a body, or a feature that it was trained with is gone.</exception>
    public static LearnedBody FromBytes(ReadOnlySpan<byte> bytes)
    {
        var body = JsonSerializer.Deserialize(bytes, LearnedJson.Default.LearnedBody)
            ?? throw new JsonException("A learned model's body is null.");
        return FeatureCatalogue.BeginsWith(body.Columns)
            ? body
            : throw new JsonException("It was trained with other features than there are now; train again.");
    }

    /// <summary>The body as bytes: bit for bit.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LearnedJson.Default.LearnedBody);
}
