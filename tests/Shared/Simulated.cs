using System.Text.Json;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Simulation;

namespace ClvOrleans.Tests;

/// <summary>Simulated stores as tests need them.</summary>
internal static class Simulated
{
    /// <summary>
    /// How many standard deviations a test allows: with the process as stated, one in 15,000 such tests would fail by chance.
    /// </summary>
    public const double Bound = 4;

    public static StoreSettings Settings { get; } = new() { Id = new StoreId("shop") };

    /// <summary>A process in a market that nothing moves.</summary>
    public static StoreProcess Calm { get; } = new() { SeasonLift = 0, PromotionLift = 0, CompetitorPull = 0 };

    public static SimulatedStore Store(int customers = 300, int seed = 1, StoreProcess? process = null) => new(new SimulatedStoreOptions
    {
        Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Customers = customers,
        Seed = seed,
        Process = process ?? new StoreProcess(),
    });

    /// <summary>The events of the history.</summary>
    public static IEnumerable<SimulatedEvent> History(this SimulatedStore store) => store.Events().TakeWhile(e => e.At < store.Options.End);

    /// <summary>What the intake makes of an event. <exception cref="RefusedException">It refuses it.</exception></summary>
    public static ReadEvent Read(this SimulatedEvent e)
    {
        using var document = JsonDocument.Parse(e.ToJson());
        var batch = ReceivedBatch.Alone(document.RootElement);
        var receivedAt = new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);
        return EventReader.Read(
            document.RootElement, batch, Settings, "web", receivedAt, () => throw new InvalidOperationException("No message id."));
    }

    /// <summary>The orders of the history: whose, when and for how much.</summary>
    public static List<(string Customer, DateTimeOffset At, OrderFacts Facts)> Orders(this SimulatedStore store) =>
        [.. store.History().Where(e => e.Name == "Order Completed").Select(e => (e.UserId!, e.At, e.Read().Event.Order!))];

    /// <summary>How many standard deviations a sum of independent terms lies from what is expected.</summary>
    public static double Deviation(double observed, double expected, double variance) => (observed - expected) / Math.Sqrt(variance);
}
