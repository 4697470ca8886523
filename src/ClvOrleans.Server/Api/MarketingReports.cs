using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Releases;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Reports.Marketing;
using ClvOrleans.Reports.Noise;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>Makes the reports of marketing from what the store keeps.</summary>
internal sealed class MarketingReports(
    OneStore store, StoreSales sales, IAcquisitionCosts costs, IPolicies policies, IDecisions decisions, IExperiments experiments,
    ISegmentDefinitions segments, ShardCollector shards, StoreReleases releases, IChampions champions, MarketCache markets,
    TimeProvider time)
{
    private DateOnly Today => store.Settings.DayOf(time.GetUtcNow());

    public async Task<ReportTable> CohortsAsync(string by, CancellationToken cancellation) => store.Settings.Noise is not null
        ? await ReleasedAsync("cohorts", by, [ReleasedTable.Month], ReleaseTables.CohortsOf, cancellation)
        : CohortReport.Of(await sales.OfAsync(store.Settings.Id, cancellation), Told(by), store.Settings, Today);

    public async Task<ReportTable> RiskAsync(string by, CancellationToken cancellation) => store.Settings.Noise is not null
        ? await ReleasedAsync("risk", by, Enum.GetValues<ReleasedTable>(), ReleaseTables.RiskOf, cancellation)
        : RiskReport.Of(await sales.OfAsync(store.Settings.Id, cancellation), Told(by), store.Settings, Today);

    public async Task<ReportTable> AcquisitionAsync(string by, DateOnly? from, DateOnly? until, CancellationToken cancellation) =>
        AcquisitionCosts.Of(
            await ExactAsync("acquisition", cancellation), await costs.ReadAsync(store.Settings.Id, cancellation), by, from, until,
            store.Settings, Today);

    public async Task<ReportTable> BudgetAsync(BudgetTerms terms, CancellationToken cancellation) => BudgetReport.Of(
        await ExactAsync("budget", cancellation), await costs.ReadAsync(store.Settings.Id, cancellation),
        await EffectsAsync(cancellation), terms, store.Settings, Today);

    // Customers are folded where their events are, as for a training.
    public async Task<ReportTable> MovementAsync(string by, int months, CancellationToken cancellation)
    {
        store.CheckTellsExactly("the report movement");
        var settings = store.Settings;
        var places = new BuyerPlaces(
            champions.Find(settings.Id).Model, await markets.OfAsync(settings.Id),
            Told(by) == MovementReport.BySegment ? await segments.ReadAsync(settings.Id, cancellation) : SegmentDefinitions.None, settings);
        var days = MovementReport.DaysOf(Today, months);
        var customers = await shards.CollectAsync(settings.Id, [.. days], c => places.Of(c, days), null, cancellation);
        return MovementReport.Of(customers, by, days, settings);
    }

    public async Task<ReportTable> PoliciesAsync(CancellationToken cancellation)
    {
        store.CheckTellsExactly("the report policies");
        var book = await policies.ReadAsync(store.Settings.Id, cancellation);
        return PolicyTable.Of(
            book, await decisions.CountAsync(store.Settings.Id, cancellation),
            await experiments.EffectsAsync(store.Settings.Id, cancellation), store.Settings, Today);
    }

    private Task<IReadOnlyList<Buyer>> ExactAsync(string report, CancellationToken cancellation)
    {
        store.CheckTellsExactly($"the report {report}");
        return sales.OfAsync(store.Settings.Id, cancellation);
    }

    private async Task<ReportTable> ReleasedAsync(
        string report, string by, IEnumerable<ReleasedTable> tables, Func<ReportRelease, ReleasedFigures, Currency, ReportTable> make,
        CancellationToken cancellation)
    {
        var release = await releases.CurrentAsync(store.Settings.Id, cancellation);
        var told = tables.Select(release.Find).OfType<ReleasedFigures>().ToArray();
        return told.FirstOrDefault(t => ReleaseTables.ByOf(t.Table) == by) is { } figures ? make(release, figures, store.Settings.Currency)
            : throw new QueryException("by", told.Length == 0
                ? $"the store has noise, and its tables are none that {report} is made of"
                : $"the store has noise, and tells {report} by {string.Join(", ", told.Select(t => ReleaseTables.ByOf(t.Table)))} until "
                    + $"{release.ToldUntil:yyyy-MM-dd}");
    }

    // Of two segments of which one is nearly all of the other, the difference tells of few.
    private string Told(string by) => store.Settings.SmallestGroup > 0 && BuyerGroups.Overlap(by)
        ? throw new QueryException("by", "own segments overlap: a store with smallestGroup has no reports by segment; ask by another way")
        : by;

    // What policies that look at the members of a segment save of their revenue at risk, as stated or measured.
    private async Task<IReadOnlyDictionary<string, (double Saved, double Cost, string Basis)>> EffectsAsync(CancellationToken cancellation)
    {
        var (book, rules) = (await policies.ReadAsync(store.Settings.Id, cancellation), CustomerRules.For(store.Settings.Currency));
        var measured = (await experiments.EffectsAsync(store.Settings.Id, cancellation)).ToDictionary(
            r => r.Subject, StringComparer.Ordinal);
        var effects = new Dictionary<string, (double, double, string)>(StringComparer.Ordinal);
        foreach (var record in book.All)
        {
            if (PolicyReader.ReadKept(rules, record.Definition) is not { Trigger.Segment: { } segment } policy)
            {
                continue;
            }

            var action = ClvOrleans.Policies.PolicyFlow.Actions(policy).First().Action;
            var reading = measured.GetValueOrDefault(PolicyEffects.SubjectOf(record.Id));
            var effect = reading?.Effect ?? action.Effect;
            var cost = (double)store.Settings.Currency.ToMajor(action.Cost);
            if (effect is { Unit: EffectUnit.ShareOfValueAtRisk, Mean: > 0 } && cost > 0)
            {
                effects.TryAdd(
                    segment,
                    (effect.Mean, cost,
                        $"policy {record.Id}: {(reading?.Margin is null ? "stated" : "measured")} effect {effect.Mean:0.###}"));
            }
        }

        return effects;
    }
}
