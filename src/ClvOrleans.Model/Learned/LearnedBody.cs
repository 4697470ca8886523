using System.Text.Json;
using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Model.Learned;

/// <summary>What a learned model version consists of: kept beside the version, which tells of it.</summary>
/// <param name="Value">The values.</param>
/// <param name="Lifetime">The buy-till-you-die version that gives probabilities, counts, next orders and the shape of intervals.</param>
public sealed record LearnedBody(PooledValue Value, ModelVersion Lifetime)
{
    /// <summary>Reads what <see cref="ToBytes"/> wrote. <exception cref="JsonException">The bytes are not such a body.</exception></summary>
    public static LearnedBody FromBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, LearnedJson.Default.LearnedBody) ?? throw new JsonException("A learned model's body is null.");

    /// <summary>The body as bytes: bit for bit.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LearnedJson.Default.LearnedBody);
}
