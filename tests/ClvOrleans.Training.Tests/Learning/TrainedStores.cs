using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>Stores with what a training makes of them, trained once for all tests.</summary>
internal static class TrainedStores
{
    private static readonly Dictionary<string, Lazy<TrainedStore>> All = new()
    {
        ["made"] = new(() => Train(Shop.Made(400).Until(400))),
        ["one price"] = new(() => Train(Pasts.Exported("value-over-price", new DateOnly(2025, 6, 24)))),
        ["simulated"] = new(() => Train(Pasts.OfSimulation(600, 3))),
        ["cdnow"] = new(() => Train(Shop.CdnowSample().Until(new DateOnly(1997, 9, 30)))),
        ["retail"] = new(
            () => Train(Pasts.Read("online-retail", new DateOnly(2010, 11, 30), "online_retail_II", "online_retail_II.csv.gz"))),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>The store of a name; without its file the test is skipped.</summary>
    public static TrainedStore Of(string name) => All[name].Value;

    private static TrainedStore Train(StoreHistory past) =>
        new(past, new ChampionTrainer(1, DateTimeOffset.UnixEpoch, _ => { }, _ => { }).Train(past));
}
