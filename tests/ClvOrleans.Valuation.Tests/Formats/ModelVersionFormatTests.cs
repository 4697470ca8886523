using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Tests.Ensemble;

namespace ClvOrleans.Valuation.Tests.Formats;

/// <summary>
/// A registry keeps versions without a body as JSON: each family opens, with and without effects of the market, as it did.
/// </summary>
public sealed class ModelVersionFormatTests
{
    private static ModelVersion[] Versions => [.. Lines.Select(l => JsonSerializer.Deserialize(l, ValuationJson.Default.ModelVersion)!)];

    private static string[] Lines => Golden.Read("model-versions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_family_is_read_and_written_as_it_was()
    {
        Assert.Equal(LifetimeModels.Families.Order(StringComparer.Ordinal), Versions.Select(v => v.Family).Order(StringComparer.Ordinal));
        Golden.Matches(
            "model-versions.jsonl", string.Concat(Versions.Select(v => JsonSerializer.Serialize(v, ValuationJson.Default.ModelVersion) + "\n")));
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
        var estimate = model.Estimate(Nets.Busy, market, new StoreSettings { Id = new StoreId("shop") }, Happened.Day(640), new Horizon(90));
        Assert.Equal(expected, estimate.ExpectedOrders, 1e-9);
    }
}
