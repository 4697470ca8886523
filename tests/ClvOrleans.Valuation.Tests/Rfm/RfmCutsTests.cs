using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rfm;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Rfm;

/// <summary>
/// Fifths as Hughes has them (Strategic Database Marketing, 1994): buyers are sorted by each of the three by itself, and the best fifth
/// gets a 5.
/// </summary>
public sealed class RfmCutsTests
{
    [Fact]
    public void Each_fifth_of_different_buyers_gets_its_score()
    {
        var buyers = Enumerable.Range(1, 20).Select(i => (Silence: 10 * i, Orders: i, Net: new Money(100 * i))).ToArray();
        var cuts = RfmCuts.Of(buyers)!;
        Assert.Equal(
            ["5-1-1", "5-1-1", "5-1-1", "5-1-1", "4-2-2", "4-2-2", "4-2-2", "4-2-2", "3-3-3"], buyers.Take(9).Select(b => Score(cuts, b)));
        Assert.Equal("1-5-5", Score(cuts, buyers[^1]));
        Assert.All(buyers.GroupBy(b => Score(cuts, b)), fifth => Assert.Equal(4, fifth.Count()));
    }

    [Fact]
    public void Who_buys_as_little_as_most_scores_1_and_the_best_score_5_also_where_they_are_more_than_a_fifth()
    {
        // 70 % bought once, 30 % twice: cuts of fifths fall on 1, 1, 1 and 2.
        var cuts = RfmCuts.Of([.. Enumerable.Range(0, 10).Select(i => (5, i < 7 ? 1 : 2, Money.Zero))])!;
        Assert.Equal([1, 5, 5], Enumerable.Range(1, 3).Select(orders => (int)cuts.Of(5, orders, Money.Zero).Frequency));
    }

    [Fact]
    public void Fewer_than_five_values_leave_scores_out_and_one_value_scores_1_until_somebody_does_better()
    {
        var cuts = RfmCuts.Of([(30, 1, new Money(500)), (30, 2, new Money(500)), (30, 3, new Money(500))])!;
        Assert.Equal(["1-1-1", "1-2-1", "1-5-1"], Enumerable.Range(1, 3).Select(orders => Score(cuts, (30, orders, new Money(500)))));
        Assert.Equal("5-5-5", Score(cuts, (29, 4, new Money(501))));
        Assert.Null(RfmCuts.Of([]));
    }

    [Fact]
    public void Who_does_better_never_scores_less_and_equals_score_alike_whoever_the_buyers_are() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 9], Gen.Long[0, 5_000]).Array[1, 60].Sample(all =>
        {
            var buyers = all.Select(b => (Silence: b.Item1, Orders: b.Item2, Net: new Money(b.Item3))).ToArray();
            var cuts = RfmCuts.Of(buyers)!;
            foreach (var (one, other) in buyers.Zip(buyers.Reverse()))
            {
                var (a, b) = (cuts.Of(one.Silence, one.Orders, one.Net), cuts.Of(other.Silence, other.Orders, other.Net));
                Assert.True(one.Silence > other.Silence || a.Recency >= b.Recency);
                Assert.True(one.Orders < other.Orders || a.Frequency >= b.Frequency);
                Assert.True(one.Net < other.Net || a.Monetary >= b.Monetary);
            }

            // From a score on there are at most as many as its fifths hold, but for those who share the best value.
            for (var score = 2; score <= RfmScore.Best; score++)
            {
                var above = buyers.Where(b => cuts.Of(0, b.Orders, b.Net).Frequency >= score).Select(b => b.Orders).ToArray();
                var most = (RfmScore.Best + 1 - score) * buyers.Length / RfmScore.Best;
                Assert.True(
                    above.Length <= most || above.All(o => o == buyers.Max(b => b.Orders)), $"{score}: {above.Length} of {buyers.Length}");
            }

            Assert.Equal(cuts.Frequency, RfmCuts.Of([.. buyers.Reverse()])!.Frequency);
        });

    [Fact]
    public void Each_cell_has_a_name_a_number_and_a_group()
    {
        Assert.Equal(125, RfmScore.All.Distinct().Count());
        Assert.All(RfmScore.All, score =>
        {
            Assert.Equal(score, RfmScore.Parse(score.ToString()));
            Assert.Equal(score, RfmScore.OfNumber(score.Number));
        });
        Assert.Equal(("5-4-3", 543), (new RfmScore(5, 4, 3).ToString(), new RfmScore(5, 4, 3).Number));
        string[] others = ["", "5-4", "6-1-1", "0-1-1", "5-4-3 ", "555"];
        Assert.All(others, text => Assert.False(RfmScore.TryParse(text, out _)));
    }

    // The ten groups as marketing tools part recency (a row from 5 down) and frequency (a column from 1 up).
    [Fact]
    public void Groups_part_recency_and_frequency_and_silence_never_returns_to_one()
    {
        string[] grid =
        [
            "new-customers potential-loyalists potential-loyalists champions champions",
            "promising potential-loyalists potential-loyalists loyal-customers loyal-customers",
            "about-to-sleep about-to-sleep need-attention loyal-customers loyal-customers",
            "hibernating hibernating at-risk at-risk cannot-lose",
            "hibernating hibernating at-risk at-risk cannot-lose",
        ];
        Assert.Equal(grid, Enumerable.Range(0, 5).Select(row => string.Join(
            ' ', Enumerable.Range(1, 5).Select(f => RfmGroups.Format(RfmGroups.Of(new RfmScore((byte)(5 - row), (byte)f, 3)))))));
        for (byte frequency = 1; frequency <= 5; frequency++)
        {
            var path = Enumerable.Range(0, 5).Select(i => RfmGroups.Of(new RfmScore((byte)(5 - i), frequency, 1))).ToArray();
            Assert.Equal(path.Distinct().Count() - 1, path.Zip(path.Skip(1)).Count(p => p.First != p.Second));
        }
    }

    private static string Score(RfmCuts cuts, (int Silence, int Orders, Money Net) buyer) =>
        cuts.Of(buyer.Silence, buyer.Orders, buyer.Net).ToString();
}
