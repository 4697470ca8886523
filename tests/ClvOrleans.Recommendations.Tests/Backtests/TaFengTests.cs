using System.Globalization;
using ClvOrleans.Recommendations.Backtests;
using ClvOrleans.Recommendations.Metrics;

namespace ClvOrleans.Recommendations.Tests.Backtests;

/// <summary>Recall@10, NDCG@10, hit rate@10, then @20, over all 13,858 customers of the published split of Ta-Feng.</summary>
public sealed class TaFengTests
{
    private static readonly Lazy<RecommendationBacktestResult> Result = new(() =>
        RecommendationBacktest.Run(TaFeng.Catalogue, TaFeng.Customers, tell: TestContext.Current.TestOutputHelper!.WriteLine));

    [Theory]
    [InlineData("global top", ".0803 .0875 .2489 .1071 .0942 .3284")]
    [InlineData("personal top", ".1062 .1014 .3513 .1392 .1106 .4347")]
    [InlineData("personal + global", ".1195 .1069 .3721 .1684 .1213 .4846")]
    [InlineData("last bought", ".0991 .0801 .3337")]
    [InlineData("last bought + global", ".1124 .0855 .3545 .1687 .1044 .4872")]
    [InlineData("recency-weighted + global", ".1194 .1023 .3762 .1720 .1180 .4950")]
    public void Baselines_are_as_published(string name, string figures)
    {
        var histories = TaFeng.Histories;
        var lists = new Baselines(histories, TaFeng.Catalogue.Count, 20).All().Single(b => b.Name == name).Lists;
        IReadOnlySet<int>[] next = [.. TaFeng.Customers.Select(c => c.Next)];
        IReadOnlySet<int>[] known = [.. histories.Select(h => h.SelectMany(b => b).ToHashSet())];
        var (ten, twenty) = (RankingMetrics.Score(lists, next, known, 10), RankingMetrics.Score(lists, next, known, 20));

        double[] found = [ten.Recall, ten.Ndcg, ten.HitRate, twenty.Recall, twenty.Ndcg, twenty.HitRate];
        Assert.Equal(figures, string.Join(' ', found.Take(figures.Split(' ').Length).Select(Printed)));
    }

    [Fact]
    public void Almost_five_of_six_products_are_new_to_the_customer()
    {
        var (repeats, all) = (0, 0);
        foreach (var (history, customer) in TaFeng.Histories.Zip(TaFeng.Customers))
        {
            repeats += history.SelectMany(b => b).Distinct().Count(customer.Next.Contains);
            all += customer.Next.Count;
        }

        Assert.Equal(".166", Printed(repeats / (double)all)[..4]);
        Assert.Equal(6.59, all / 13_858.0, .005);
    }

    [Fact]
    public void The_mix_passes_what_is_published_and_every_baseline_by_more_than_five_percent()
    {
        var recall = Result.Value.Rows.ToDictionary(r => r.Name, r => r.At10.Recall);
        foreach (var row in Result.Value.Rows)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{row.Name,-32} {row.At10} {row.At20.Recall:F4}");
        }

        Assert.True(recall["mix"] >= .1301, $"{recall["mix"]} is below TIFU-kNN's published figure (arXiv 2006.00556, table 3).");
        var padded = recall.Where(r => r.Key.EndsWith("global", StringComparison.Ordinal));
        Assert.All(padded, r => Assert.True(recall["mix"] >= 1.05 * r.Value, r.Key));
    }

    private static string Printed(double value) =>
        (Math.Floor(value * 10_000 + .5) / 10_000).ToString(".0000", CultureInfo.InvariantCulture);
}
