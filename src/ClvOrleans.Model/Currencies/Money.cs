using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Model.Currencies;

/// <summary>An amount in minor units (cents) of the store's currency. Exact: sums and differences are checked integers.</summary>
/// <param name="Minor">The amount in minor units; may be negative.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Minor) : IComparable<Money>
{
    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <summary>The exact sum. <exception cref="OverflowException">It does not fit into 64 bits.</exception></summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Minor));

    /// <summary>The exact difference. <exception cref="OverflowException">It does not fit into 64 bits.</exception></summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.Minor));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Money left, Money right) => left.Minor < right.Minor;

    /// <summary>Whether the left amount is greater.</summary>
    public static bool operator >(Money left, Money right) => left.Minor > right.Minor;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Money left, Money right) => left.Minor <= right.Minor;

    /// <summary>Whether the left amount is greater or equal.</summary>
    public static bool operator >=(Money left, Money right) => left.Minor >= right.Minor;

    /// <summary>An amount in minor units and fractions of them, rounded to the nearest, halves to the even one.</summary>
    public static Money Rounded(double minor) => new((long)Math.Round(minor));

    /// <summary>The smaller of two amounts.</summary>
    public static Money Min(Money left, Money right) => left < right ? left : right;

    /// <summary>The greater of two amounts.</summary>
    public static Money Max(Money left, Money right) => left > right ? left : right;

    /// <summary>This amount times <paramref name="basisPoints"/> / 10,000, half a unit rounded away from zero.</summary>
    public Money Share(int basisPoints) =>
        new((long)decimal.Round((decimal)Minor * basisPoints / 10_000m, MidpointRounding.AwayFromZero));

    /// <inheritdoc />
    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    internal sealed class MoneyJsonConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Minor);
    }
}
