using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Domain.Segments;

/// <summary>The name of an own segment of a store, by the rule of <see cref="ShortName"/>.</summary>
[JsonConverter(typeof(SegmentIdJsonConverter))]
public readonly record struct SegmentId : IComparable<SegmentId>
{
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
                $"Segment '{value}': a name begins with a letter of a-z and goes on with up to {ShortName.MaxLength - 1} of a-z, 0-9 and "
                    + "'-'.");
        }

        _value = value;
    }

    /// <summary>The name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset SegmentId was used.");

    /// <summary>Whether a text can name a segment.</summary>
    public static bool IsValid(string? value) => ShortName.IsValid(value);

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

    internal sealed class SegmentIdJsonConverter() : NameJsonConverter<SegmentId>(text => new(text), id => id.Value);
}
