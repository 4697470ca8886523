using ClvOrleans.Domain.Customers;
using ClvOrleans.Simulation;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Tests.Backtests;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>Histories of shared files and of simulated stores.</summary>
internal static class Pasts
{
    /// <summary>A file of the shared data, up to a day; without it the test is skipped.</summary>
    public static StoreHistory Read(string format, DateOnly end, params string[] path) => StoreHistory.Of(
        Data.ReadFile(format, Data.Path(path)).Where(r => r.Event is not null).Select(r => (r.Customer, r.Event!)), Shop.Settings, end);

    /// <summary>A history of the shop that went wrong.</summary>
    public static StoreHistory Exported(string shop, DateOnly end) => Read("orders", end, "fixtures", "exports", shop, "orders.csv");

    /// <summary>A simulated store with visits, carts and the rest, two years long.</summary>
    public static StoreHistory OfSimulation(int customers, int seed, int days = 730)
    {
        var store = ClvOrleans.Tests.Simulated.Store(customers, seed);
        var end = DateOnly.FromDateTime(store.Options.Start.UtcDateTime).AddDays(days);
        return StoreHistory.Of(Events(store, end), ClvOrleans.Tests.Simulated.Settings, end);
    }

    private static IEnumerable<(CustomerId, Domain.Events.CustomerEvent)> Events(SimulatedStore store, DateOnly end) => store.History()
        .TakeWhile(e => DateOnly.FromDateTime(e.At.UtcDateTime) <= end)
        .Where(e => e.UserId is not null)
        .Select(e => (CustomerId.OfUser(ClvOrleans.Tests.Simulated.Settings.Id, e.UserId!), e.Read().Event));
}
