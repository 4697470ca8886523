using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Domain.Currencies;

/// <summary>
/// An amount in minor units (cents) of the store's currency. Exact, and wide enough: no sum of orders reaches the end of 128 bits, since
/// 10^24 orders of the greatest value (<see cref="Currency.GreatestOrder"/>) would be needed.
/// </summary>
/// <param name="Minor">The amount in minor units; may be negative.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(Int128 Minor) : IComparable<Money>
{
    /// <summary>
    /// The greatest amount that is estimated, 10^18 minor units either way: estimates are rounded to it where a model says more.
    /// </summary>
    public const long GreatestEstimate = 1_000_000_000_000_000_000;

    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <summary>The exact sum.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Minor));

    /// <summary>The exact difference.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.Minor));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Money left, Money right) => left.Minor < right.Minor;

    /// <summary>Whether the left amount is greater.</summary>
    public static bool operator >(Money left, Money right) => left.Minor > right.Minor;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Money left, Money right) => left.Minor <= right.Minor;

    /// <summary>Whether the left amount is greater or equal.</summary>
    public static bool operator >=(Money left, Money right) => left.Minor >= right.Minor;

    /// <summary>
    /// An estimate in minor units and fractions of them, rounded to the nearest, halves to the even one; at most
    /// <see cref="GreatestEstimate"/> either way, and nothing where it is not a number.
    /// </summary>
    public static Money Rounded(double minor) =>
        double.IsNaN(minor) ? Zero : new((long)Math.Clamp(Math.Round(minor), -GreatestEstimate, GreatestEstimate));

    /// <summary>The smaller of two amounts.</summary>
    public static Money Min(Money left, Money right) => left < right ? left : right;

    /// <summary>The greater of two amounts.</summary>
    public static Money Max(Money left, Money right) => left > right ? left : right;

    /// <summary>This amount times <paramref name="basisPoints"/> / 10,000, half a unit rounded away from zero.</summary>
    public Money Share(int basisPoints)
    {
        var product = checked(Minor * basisPoints);
        return new((product + (Int128.Sign(product) * 5_000)) / 10_000);
    }

    /// <inheritdoc />
    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    internal sealed class MoneyJsonConverter : JsonConverter<Money>
    {
        private const int MostDigits = 40;

        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TryGetInt64(out var minor))
            {
                return new(minor);
            }

            Span<byte> digits = stackalloc byte[MostDigits];
            var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
            if (length > MostDigits)
            {
                throw new JsonException("An amount of money has more digits than 128 bits hold.");
            }

            length = reader.HasValueSequence ? Copy(reader.ValueSequence, digits) : Copy(reader.ValueSpan, digits);
            return Int128.TryParse(digits[..(int)length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wide)
                ? new(wide)
                : throw new JsonException($"'{Encoding.UTF8.GetString(digits[..(int)length])}' is not a whole number of minor units.");
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            if (value.Minor >= long.MinValue && value.Minor <= long.MaxValue)
            {
                writer.WriteNumberValue((long)value.Minor);
            }
            else
            {
                writer.WriteRawValue(value.Minor.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
            }
        }

        private static long Copy(System.Buffers.ReadOnlySequence<byte> from, Span<byte> to)
        {
            System.Buffers.BuffersExtensions.CopyTo(in from, to);
            return from.Length;
        }

        private static long Copy(ReadOnlySpan<byte> from, Span<byte> to)
        {
            from.CopyTo(to);
            return from.Length;
        }
    }
}
