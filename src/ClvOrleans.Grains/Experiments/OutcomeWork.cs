using System.Data.Common;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Experiments;

/// <summary>The steps of a round of outcomes. Each can be repeated at any time, by anybody.</summary>
internal sealed partial class OutcomeWork(
    IExposures exposures, IExperiments experiments, IDecisions decisions, IPolicies policies, IJournal journal, IStores stores,
    IChampions champions, MarketCache markets, IOptions<OutcomeOptions> options, TimeProvider time, ILogger<OutcomeWork> logger)
{
    private const int Page = 500;

    /// <summary>Keeps an exposure for each decision that acted or was held out since the last time.</summary>
    public async Task FollowAsync(StoreId store, CancellationToken cancellation)
    {
        var (settings, known) = (stores.Find(store), new Dictionary<(PolicyId, long), Policy?>());
        for (var after = await exposures.FollowedAsync(store, cancellation); ;)
        {
            var page = await decisions.ReadAsync(store, after, Page, cancellation);
            if (page.Count == 0)
            {
                return;
            }

            var kept = new List<Exposure>();
            foreach (var decision in page.Select(d => d.Decision))
            {
                var policy = await PolicyAsync(settings, decision, known, cancellation);
                if (DecisionExposure.Of(decision, policy, settings, options.Value.PolicyWindowDays) is { } exposure)
                {
                    kept.Add(exposure);
                }
            }

            after = page[^1].Number;
            await exposures.FollowAsync(store, kept, after, cancellation);
        }
    }

    /// <summary>Measures the outcomes that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MeasureAsync(StoreId store, DateOnly today, CancellationToken cancellation)
    {
        var settled = today.AddDays(-options.Value.LateDays);
        var (failed, measured) = (new HashSet<(string, string)>(), 0);
        while (true)
        {
            // Those that could not be measured come again: the others are behind them.
            var due = await exposures.DueAsync(store, today, settled, Page + failed.Count, cancellation);
            var (units, market) = (new List<ExposedUnit>(), await markets.OfAsync(store));
            foreach (var exposure in due.Where(e => !failed.Contains((e.Subject, e.Unit))))
            {
                if (await TryMeasureAsync(exposure, market, cancellation) is { } outcome)
                {
                    units.Add(new ExposedUnit(exposure, outcome));
                }
                else
                {
                    failed.Add((exposure.Subject, exposure.Unit));
                }
            }

            await exposures.KeepAsync(store, units, settled, cancellation);
            measured += units.Count;
            if (due.Count < Page + failed.Count)
            {
                return measured;
            }
        }
    }

    /// <summary>Updates what each policy, and each of its actions, is expected to bring, by its own holdout.</summary>
    public async Task UpdateEffectsAsync(StoreId store, CancellationToken cancellation)
    {
        var (settings, now) = (stores.Find(store), time.GetUtcNow());
        foreach (var record in (await policies.ReadAsync(store, cancellation)).All)
        {
            if (PolicyReader.ReadKept(CustomerRules.For(settings.Currency), record.Definition) is not { } policy)
            {
                continue;
            }

            var units = await exposures.ReadAsync(store, PolicyEffects.SubjectOf(record.Id), cancellation).ToListAsync(cancellation);
            if (units.Count > 0)
            {
                var assumed = PolicyFlow.Actions(policy).First().Action.Effect;
                await experiments.PutEffectAsync(
                    store, record.Id, PolicyEffects.Read(record.Id, assumed, DecisionExposure.ActionsOf(policy), units, now, settings),
                    cancellation);
            }
        }
    }

    private async Task<Outcome?> TryMeasureAsync(Exposure exposure, MarketCalendar market, CancellationToken cancellation)
    {
        try
        {
            var settings = stores.Find(exposure.Customer.Store);
            var entries = await journal.ReadAsync(exposure.Customer, 0, cancellation);
            var timeline = CustomerTimeline.Of(exposure.Customer, entries.Select(e => e.Event), settings);
            return OutcomeRule.Measure(
                exposure, timeline, entries.Count == 0 ? 0 : entries[^1].Sequence, champions.Find(settings.Id).Model,
                market, settings);
        }
        catch (Exception e) when (e is not (DbException or StorageUnavailableException or OperationCanceledException))
        {
            LogNotMeasured(e, exposure.Unit, exposure.Subject);
            return null;
        }
    }

    private async Task<Policy?> PolicyAsync(
        StoreSettings store, Decision decision, Dictionary<(PolicyId, long), Policy?> known, CancellationToken cancellation)
    {
        if (!known.ContainsKey((decision.Policy, decision.Inputs.Revision)))
        {
            foreach (var record in await policies.HistoryAsync(store.Id, decision.Policy, cancellation))
            {
                known[(decision.Policy, record.Revision)] = record.IsRemoved
                    ? null
                    : PolicyReader.ReadKept(CustomerRules.For(store.Currency), record.Definition);
            }

            known.TryAdd((decision.Policy, decision.Inputs.Revision), null);
        }

        return known[(decision.Policy, decision.Inputs.Revision)];
    }

    [LoggerMessage(4402, LogLevel.Error, "The outcome of {Unit} of {Subject} could not be measured; it is counted as unmeasured.")]
    private partial void LogNotMeasured(Exception error, string unit, string subject);
}
