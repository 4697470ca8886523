using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Simulation;
using ClvOrleans.Training;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Benchmarks.Champion;

/// <summary>The ensemble as the service promotes it: training on a simulated store with behaviour, and one live estimate.</summary>
internal static class ChampionBenchmark
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>Prints a line for each.</summary>
    public static void Run(int customers)
    {
        var simulated = new SimulatedStore(new SimulatedStoreOptions
        {
            Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Customers = customers,
        });
        var end = DateOnly.FromDateTime(simulated.Options.End.UtcDateTime).AddDays(-1);
        var past = StoreHistory.Of(
            simulated.Events().TakeWhile(e => e.At < simulated.Options.End).Where(e => e.UserId is not null).Select(Read), Store, end);
        Console.WriteLine($"a simulated store of {past.Buyers.Length:N0} buyers with {past.Buyers.Sum(c => c.Events.Length):N0} events");
        var trainer = new ChampionTrainer(1, DateTimeOffset.UnixEpoch, _ => { }, _ => { });
        var (versions, clock) = Clock.Time(() => trainer.Train(past));
        Console.WriteLine($"trained: {versions[0].Description} in {clock}; kept in {versions[0].Body.Length:N0} bytes");
        foreach (var version in versions.Take(2))
        {
            var model = ValueModels.Open(version);
            var estimate = Clock.Median(i => (float)Live(model, i).Value.Minor);
            var forecast = Clock.Median(i => (float)model.Forecast(Of(i), MarketCalendar.Empty, Store, end, Store.Horizon).Value.Minor);
            Console.WriteLine(FormattableString.Invariant($"{version.Id}: an estimate {estimate:F1} µs, with intervals {forecast:F1} µs"));
        }

        CustomerSummary Of(int i) => past.Buyers[i % past.Buyers.Length].Summary;
        Estimate Live(Valuation.Explanations.IExplainedModel model, int i) =>
            model.Estimate(Of(i), MarketCalendar.Empty, Store, end, Store.Horizon);
    }

    // As the intake does.
    private static (CustomerId, CustomerEvent) Read(SimulatedEvent e)
    {
        using var document = JsonDocument.Parse(e.ToJson());
        var batch = ReceivedBatch.Alone(document.RootElement);
        var read = EventReader.Read(
            document.RootElement, batch, Store, "web", e.At, () => throw new InvalidOperationException("No message id."));
        return (CustomerId.OfUser(Store.Id, e.UserId!), read.Event);
    }
}
