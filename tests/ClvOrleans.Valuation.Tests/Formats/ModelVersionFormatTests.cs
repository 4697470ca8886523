using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Tests.Ensemble;
using ClvOrleans.Valuation.Tests.Watches;

namespace ClvOrleans.Valuation.Tests.Formats;

/// <summary>
/// A registry keeps versions without a body as JSON: each family opens, with and without effects of the market, as it did.
/// </summary>
public sealed class ModelVersionFormatTests
{
    private static Clustering Clustering => Futures.Segmentation.Clustering with
    {
        Silhouette = .5,
        LastId = 4,
        FoundOn = Happened.Day(600),
        Reason = "4 clusters have the widest silhouette, 0.50, of 2 to 8.",
    };

    private static ModelVersion[] Versions => [.. Lines.Select(l => JsonSerializer.Deserialize(l, ValuationJson.Default.ModelVersion)!)];

    private static string[] Lines => Golden.Read("model-versions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_family_is_read_and_written_as_it_was()
    {
        Assert.Equal(LifetimeModels.Families.Order(StringComparer.Ordinal), Versions.Select(v => v.Family).Order(StringComparer.Ordinal));
        Golden.Matches(
            "model-versions.jsonl",
            string.Concat(Versions.Select(v => JsonSerializer.Serialize(v, ValuationJson.Default.ModelVersion) + "\n")));
    }

    [Fact]
    public void The_segmentation_of_a_version_is_read_and_written_as_it_was_and_older_versions_have_none()
    {
        var version = Versions[0] with { Segmentation = Futures.Segmentation with { Clustering = Clustering } };
        Golden.Matches("segmentation.json", JsonSerializer.Serialize(version, ValuationJson.Default.ModelVersion) + "\n");
        var read = JsonSerializer.Deserialize(Golden.Read("segmentation.json"), ValuationJson.Default.ModelVersion)!.Segmentation!;
        Assert.Equal("4-3-3", read.ScoreOf(Nets.Busy, Nets.Busy.PurchaseDays[^1].Day.AddDays(30), 4, new(9_001)).ToString());
        Assert.Equal(
            Clustering.Of(Nets.Busy, Happened.Day(640)), read.Clustering.Of(Nets.Busy, Happened.Day(640)));
        Assert.All(Versions, v => Assert.Null(v.Segmentation));
    }

    [Theory]
    [InlineData("pareto-nbd", 3.7224985888207005)]
    [InlineData("bg-nbd", 3.5482954591280884)]
    [InlineData("mbg-nbd", 3.259143607172271)]
    [InlineData("mbg-cnbd-k", 3.7239857920550112)]
    [InlineData("bg-cnbd-k", 3.7079325316158647)]
    [InlineData("ggom-nbd", 3.2313987265687119)]
    public void A_version_says_what_it_said(string family, double expected)
    {
        var model = ValueModels.Open(Versions.Single(v => v.Family == family));
        var market = MarketCalendar.Empty.With(
            new MarketEntry("sale", MarketKind.Promotion, Happened.Day(660), Happened.Day(690), .5));
        var estimate = model.Estimate(
            Nets.Busy, market, new StoreSettings { Id = new StoreId("shop") }, Happened.Day(640), new Horizon(90));
        Assert.Equal(expected, estimate.ExpectedOrders, 1e-9);
    }
}
