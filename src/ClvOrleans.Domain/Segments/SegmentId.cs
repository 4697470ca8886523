using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Domain.Segments;

/// <summary>
/// The name of an own segment of a store: a letter, then up to 62 of a-z, 0-9 and '-'; safe in addresses, rules and file names.
/// </summary>
[JsonConverter(typeof(SegmentIdJsonConverter))]
public readonly record struct SegmentId : IComparable<SegmentId>
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 63;

    private readonly string? _value;

    /// <summary>
    /// Checks and wraps a name.
    /// <exception cref="FormatException">It holds another character, begins with no letter or is too long.</exception>
    /// </summary>
    public SegmentId(string value)
    {
        if (!IsValid(value))
        {
            throw new FormatException(
                $"Segment '{value}': a name begins with a letter of a-z and goes on with up to {MaxLength - 1} of a-z, 0-9 and '-'.");
        }

        _value = value;
    }

    /// <summary>The name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset SegmentId was used.");

    /// <summary>Whether a text can name a segment.</summary>
    public static bool IsValid(string? value) => value is { Length: > 0 and <= MaxLength } && value[0] is >= 'a' and <= 'z'
        && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>Ordinal order.</summary>
    public int CompareTo(SegmentId other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc />
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SegmentId left, SegmentId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SegmentId left, SegmentId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SegmentId left, SegmentId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SegmentId left, SegmentId right) => left.CompareTo(right) >= 0;

    internal sealed class SegmentIdJsonConverter : JsonConverter<SegmentId>
    {
        public override SegmentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, SegmentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
