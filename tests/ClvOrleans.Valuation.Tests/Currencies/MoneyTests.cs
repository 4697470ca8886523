using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Currencies;

public sealed class MoneyTests
{
    [Fact]
    public void A_million_of_the_greatest_64_bit_amounts_add_up_exactly()
    {
        var sum = Enumerable.Repeat(new Money(long.MaxValue), 1_000_000).Aggregate(Money.Zero, (all, one) => all + one);
        Assert.Equal((Int128)long.MaxValue * 1_000_000, sum.Minor);
        Assert.Equal(
            new Money(long.MaxValue),
            sum - Enumerable.Repeat(new Money(long.MaxValue), 999_999).Aggregate(Money.Zero, (all, one) => all + one));
    }

    [Fact]
    public void Amounts_are_whole_numbers_in_JSON_whatever_their_size() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 127]).Sample((high, low, shift) =>
        {
            var money = new Money(new Int128(high, low) >> shift);
            Assert.Equal(money, JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)));
            Assert.Equal(money.Minor.ToString(null, System.Globalization.CultureInfo.InvariantCulture), JsonSerializer.Serialize(money));
        });

    [Theory]
    [InlineData("1.5")]
    [InlineData("170141183460469231731687303715884105728")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("\"1\"")]
    public void What_is_no_whole_number_of_128_bits_is_no_amount(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Money>(json));

    [Theory]
    [InlineData(double.PositiveInfinity, Money.GreatestEstimate)]
    [InlineData(double.MaxValue, Money.GreatestEstimate)]
    [InlineData(double.NegativeInfinity, -Money.GreatestEstimate)]
    [InlineData(double.NaN, 0)]
    [InlineData(2.5, 2)]
    public void Estimates_are_rounded_and_have_a_greatest_amount(double minor, long rounded) =>
        Assert.Equal(rounded, Money.Rounded(minor).Minor);

    [Fact]
    public void Shares_round_half_a_unit_away_from_zero() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 10_000]).Sample((minor, points) =>
            Assert.Equal(
                (Int128)decimal.Round(minor * (decimal)points / 10_000m, MidpointRounding.AwayFromZero),
                new Money(minor).Share(points).Minor));

    [Fact]
    public void Sums_are_exact_in_major_units_up_to_28_digits_and_finite_beyond()
    {
        Assert.Equal(
            79228162514264337593543950.33m, Currency.Of("USD").ToMajor(new Money(Int128.Parse("7922816251426433759354395033", null))));
        Assert.Equal(decimal.MaxValue / 100m, Currency.Of("USD").ToMajor(new Money(Int128.MaxValue)));
    }

    [Theory]
    [InlineData("USD", "1000000000", true)]
    [InlineData("USD", "1000000000.01", false)]
    [InlineData("JPY", "1000000000", true)]
    [InlineData("JPY", "1000000001", false)]
    [InlineData("BHD", "-1000000000", true)]
    [InlineData("BHD", "-1000000000.001", false)]
    public void An_order_is_worth_a_thousand_million_of_the_stores_currency_at_most(string currency, string amount, bool isAccepted) =>
        Assert.Equal(isAccepted, Currency.Of(currency).TryRound(decimal.Parse(amount, null), out _));

    [Fact]
    public void Sums_of_segments_and_buckets_of_values_hold_what_64_bits_do_not()
    {
        var one = new SegmentSums(
            1, 1, new(long.MaxValue), new(long.MaxValue), new(long.MaxValue), new(long.MaxValue), new(long.MaxValue), long.MaxValue, 1,
            long.MaxValue, 1);
        Assert.Equal(((Int128)long.MaxValue) * 2, (one + one).Variance);
        Assert.Equal(((Int128)long.MaxValue) * 2, (one + one).ExpectedOrders);
        Assert.Equal(one, one + one - one);
        var bucket = ValueBucket.Of(one.Gross + one.Gross);
        Assert.InRange(ValueBucket.LowerBound(bucket).Minor, (Int128)long.MaxValue * 2 * 31 / 32, (Int128)long.MaxValue * 2);
    }
}
