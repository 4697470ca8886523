using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>Customers who do nothing from a day on, by every model.</summary>
internal static class Futures
{
    public static readonly StoreSettings Store = new() { Id = new StoreId("shop"), Currency = Currency.Of("USD") };

    public static readonly DateOnly Today = Happened.Day(700);

    public static readonly MarketCalendar Market = MarketCalendar.Empty
        .With(new MarketEntry("sale", MarketKind.Promotion, Today.AddDays(5), Today.AddDays(12), .7))
        .With(new MarketEntry("rival", MarketKind.Competitor, Today.AddDays(40), Today.AddDays(60)));

    private static readonly EventKind[] Kinds =
        [EventKind.ProductViewed, EventKind.ProductAdded, EventKind.ProductsSearched, EventKind.ProductReviewed, EventKind.CheckoutStarted];

    /// <summary>Scores and clusters that silence moves customers through.</summary>
    public static readonly Segmentation Segmentation = new(
        new RfmCuts([300, 120, 60, 20], [1, 2, 4, 8], [new(2_000), new(9_000), new(30_000), new(60_000)]),
        new Clustering
        {
            Clusters =
            [
                new Cluster(new ClusterId(1), "recent", [0, -1.5, 0, 0], 1),
                new Cluster(new ClusterId(2), "frequent", [1, -.5, 1, .5], 1),
                new Cluster(new ClusterId(3), "cooling", [0, .3, -.2, 0], 1),
                new Cluster(new ClusterId(4), "lapsed", [-.5, 1.4, -.5, .2], 1),
            ],
            Means = [4, 4, 1, 9],
            Deviations = [2, 1.3, .8, .7],
            Margin = .1,
        });

    /// <summary>A model of each family, two that follow the market, and two ensembles.</summary>
    public static IReadOnlyDictionary<string, IValueModel> Models { get; } = LifetimeModels.Families
        .Select(f => (Name: f, Model: (IValueModel)ValueModels.Open(Versions.Single(v => v.Family == f))))
        .Append((Name: "ensemble", Model: Ensemble("learned-body.json")))
        .Append((Name: "networks", Model: Ensemble("base-learners.json")))
        .ToDictionary(m => m.Name, m => m.Model);

    private static IEnumerable<ModelVersion> Versions =>
        Golden.Read("model-versions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonSerializer.Deserialize(l, ValuationJson.Default.ModelVersion)!);

    /// <summary>Someone who bought and looked around until the day.</summary>
    public static CustomerSummary Customer(Random random)
    {
        var events = new List<CustomerEvent>();
        var days = random.Next(1, 700);
        for (var i = 0; i <= random.Next(12); i++)
        {
            var day = 700 - random.Next(days);
            events.Add(Happened.Order(day, $"o{i}", random.Next(1_000, 20_000)));
        }

        for (var i = 0; i < random.Next(30); i++)
        {
            events.Add(Happened.On(700 - random.Next(days), Kinds[random.Next(Kinds.Length)]));
        }

        return Happened.Summarise(events);
    }

    /// <summary>A customer on a day, if nothing happens until then.</summary>
    public static CustomerFacts On(DateOnly day, CustomerSummary customer, IValueModel model)
    {
        var estimate = model.Estimate(customer, Market, Store, customer.DayToEstimate(day), Store.Horizon);
        var contribution = Contribution.Of(1, 1, customer, estimate, 3_000, Market, Segmentation);
        return new CustomerFacts(CustomerId.OfUser(Store.Id, "anna"), customer, contribution, day, Store);
    }

    public static WatchList List(params string[] rules) => new(
        new WatchVersion(1, 0),
        rules.Select((r, i) => new RuleWatch(WatchSubject.Of(new SegmentId($"s{i}")), 1, CustomerRules.For(Store.Currency).Parse(r))));

    private static IValueModel Ensemble(string body) => ValueModels.Open(PriorModel.Version with
    {
        Id = "ensemble-1",
        Family = "ensemble",
        Body = Encoding.UTF8.GetBytes(Golden.Read(body)),
    });
}
