using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Grains.Experiments;

/// <summary>
/// Foresees what an experiment needs and can find. Shards are parts of all customers by hash, so that the first ones are a sample: so many
/// of them are read as hold enough customers.
/// </summary>
public sealed class ExperimentPlans(
    IEventHistory history, IStores stores, IChampions champions, MarketCache markets, TimeProvider time)
{
    private const int EnoughCustomers = 10_000;

    /// <summary>Foresees.</summary>
    /// <param name="store">The store.</param>
    /// <param name="experiment">A definition without mistakes.</param>
    /// <param name="audience">Its rule, compiled; null without one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ExperimentException">The store's history cannot tell.</exception>
    public async Task<(ExperimentForecast Forecast, Surrogate? Surrogate)> MakeAsync(
        StoreId store, Experiment experiment, Rule<CustomerFacts>? audience, CancellationToken cancellation = default)
    {
        if (experiment.Assumed is { } assumed && experiment.Primary != Metric.ExpectedMargin)
        {
            return (ExperimentForecast.Of(experiment, MetricHistory.Of(experiment.Primary, assumed)), null);
        }

        var settings = stores.Find(store);
        var past = new ExperimentHistory(
            experiment, audience, champions.Find(store).Model, await markets.OfAsync(store), settings, settings.DayOf(time.GetUtcNow()));
        var (shard, customers) = (0, 0);
        for (; shard < settings.Shards.Value && customers < EnoughCustomers; shard++)
        {
            customers += await ReadAsync(settings, shard, past, cancellation);
        }

        var (metric, surrogate) = past.Complete(shard / (double)settings.Shards.Value);
        metric = experiment.Assumed is { } stated ? MetricHistory.Of(experiment.Primary, stated) : metric;
        return (ExperimentForecast.Of(experiment, metric), surrogate);
    }

    private async Task<int> ReadAsync(StoreSettings store, int shard, ExperimentHistory past, CancellationToken cancellation)
    {
        var (count, events, current) = (0, new List<CustomerEvent>(), default(CustomerId?));
        await foreach (var (customer, e) in history.ReadAsync(store.Id, shard, cancellation))
        {
            if (current is { } before && before != customer)
            {
                End(before);
            }

            current = customer;
            events.Add(e);
        }

        if (current is { } last)
        {
            End(last);
        }

        return count;

        void End(CustomerId customer)
        {
            past.Add(CustomerTimeline.Of(customer, events, store));
            events.Clear();
            count++;
        }
    }
}
