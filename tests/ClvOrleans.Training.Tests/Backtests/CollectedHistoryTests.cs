using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>
/// Histories of collected snapshots against those of events, on a simulated store whose customers look, rate and ask for refunds as
/// well.
/// </summary>
public sealed class CollectedHistoryTests
{
    // So many that 200 have bought before the last window to learn from.
    private const int Few = 350;
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly ForecastTask Task = new(ValueKind.Net, new Horizon(90));
    private static readonly Lazy<List<(CustomerId Customer, CustomerEvent Event)>> Events = new(() => EventsOf(700));

    private static readonly Lazy<StoreHistory> InMemory = new(() => StoreHistory.Of(Events.Value, Simulated.Settings, End));

    [Fact]
    public void Collected_customers_and_outcomes_are_those_that_are_folded_in_memory()
    {
        var days = ChampionTrainer.AsOfDays(InMemory.Value.Span, Task.Horizon, MarketCalendar.Empty).Distinct().ToArray();
        var collected = Collect(Events.Value, days);

        Assert.True(days.Length > 15);
        foreach (var day in days.Append(End))
        {
            var (expected, actual) = (InMemory.Value.Until(day), collected.Until(day));
            Assert.Equal(expected.Buyers.Select(Written), actual.Buyers.Select(Written));
            Assert.Equal(InMemory.Value.OutcomesOf(expected, ValueKind.Net), collected.OutcomesOf(actual, ValueKind.Net));
        }
    }

    [Fact]
    public void The_matrix_to_learn_from_is_the_same_to_the_last_bit()
    {
        var collected = Collect(Events.Value, TrainingSet.AsOfDays(InMemory.Value.Span, Task.Horizon));
        var (expected, actual) = (Set(InMemory.Value), Set(collected));

        Assert.True(expected.Rows.Count > 2_000);
        Assert.Equal(expected.Windows, actual.Windows);
        Assert.Equal(expected.Rows.Values, actual.Rows.Values);
        Assert.All(Enumerable.Range(
            0, expected.Rows.Count), i => Assert.True(expected.Rows.FeaturesOf(i).SequenceEqual(actual.Rows.FeaturesOf(i))));
    }

    [Fact]
    public void A_training_asks_for_the_days_that_it_names_and_for_no_other()
    {
        var collected = Collect(
            Events.Value, ChampionTrainer.AsOfDays(InMemory.Value.Span, Simulated.Settings.Horizon, MarketCalendar.Empty));
        var (expected, actual) = (Train(InMemory.Value), Train(collected));

        Assert.Equal(expected.Select(v => (v.Id, v.Holdout, v.Bic)), actual.Select(v => (v.Id, v.Holdout, v.Bic)));
        Assert.Equal(EnsembleOf(expected).Body.ToArray(), EnsembleOf(actual).Body.ToArray());

        static ModelVersion EnsembleOf(IReadOnlyList<ModelVersion> versions) => versions.Single(v => v.Family == StackedModel.Family);

        static IReadOnlyList<ModelVersion> Train(StoreHistory past) =>
            new ChampionTrainer(1, DateTimeOffset.UnixEpoch, _ => { }, _ => { }).Train(past);
    }

    // As of the end, whole trainings are compared above: here once, as of a day before it, with fewer customers, since a fit is long.
    [Fact]
    public void A_champion_forecasts_the_same_as_of_an_earlier_day_from_the_days_that_it_names()
    {
        var events = EventsOf(Few);
        var whole = StoreHistory.Of(events, Simulated.Settings, End);
        var champion = ForecastModels.Find([ForecastModels.Champion])[0];
        var cutoff = WindowRule.Holdout.In(whole.Span, Task.Horizon)[0].Cutoff;
        var collected = Collect(events, [cutoff, .. champion.AsOfDays(whole.Span.Until(cutoff), Task)]);
        var (past, known) = (whole.Until(cutoff), collected.Until(cutoff));
        var (expected, actual) = (champion.Fit(past, Task), champion.Fit(known, Task));

        Assert.Contains("windows of 90 days", actual.Description, StringComparison.Ordinal);
        Assert.Equal(expected.Forecast(past.Buyers).Select(f => f.Value), actual.Forecast(known.Buyers).Select(f => f.Value));
    }

    [Fact]
    public void A_backtest_is_the_same_to_the_last_bit_also_of_models_that_ask_for_coupons()
    {
        var calibrationEnd = WindowRule.Backtest.In(InMemory.Value.Span, Task.Horizon)[0].Cutoff;
        var models = ForecastModels.Find(["mbg-nbd", "mbg-nbd-covariates"]);
        var days = Backtest.AsOfDays(InMemory.Value.Span, calibrationEnd, models, new BacktestRules());
        var (expected, actual) = (
            Backtest.Run(InMemory.Value, calibrationEnd, models), Backtest.Run(Collect(Events.Value, days), calibrationEnd, models));

        Assert.Contains(expected.Rows, r => r.Model == "mbg-nbd-covariates" && r.Score is not null);
        Assert.Equal(expected.Rows.Select(r => (r.Model, r.Description)), actual.Rows.Select(r => (r.Model, r.Description)));
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.All(
            expected.Rows.Zip(actual.Rows),
            r => Assert.Equal(r.First.Forecasts.Select(f => f.Value), r.Second.Forecasts.Select(f => f.Value)));
    }

    [Fact]
    public void What_comes_after_a_day_is_not_found_in_what_was_collected_as_of_it()
    {
        // Whoever buys in the latest window looks at things a hundred times and rates them as it begins: the best of signals, known too
        // late.
        var latest = WindowRule.Learning.In(InMemory.Value.Span, Task.Horizon)[0];
        var buying = InMemory.Value.Buyers.Where(c => c.Summary.PurchaseDays.Any(d => d.Day > latest.Cutoff && d.Day <= latest.End))
            .Select(c => c.Id);
        var at = new DateTimeOffset(latest.Cutoff.AddDays(1).ToDateTime(new TimeOnly(0, 0)), TimeSpan.Zero);
        var signal = buying.SelectMany(id => Enumerable.Range(0, 100).Select(i => (id, new CustomerEvent
        {
            MessageId = $"planted {i}",
            Source = "test",
            Kind = i == 0 ? EventKind.ProductReviewed : EventKind.ProductViewed,
            At = at,
            Rating = i == 0 ? 500 : null,
        }))).ToList();
        var days = TrainingSet.AsOfDays(InMemory.Value.Span, Task.Horizon).ToArray();
        var (plain, planted) = (Collect(Events.Value, days), Collect(Events.Value.Concat(signal), days));

        Assert.NotEmpty(signal);
        Assert.Equal(signal.Count / 100, plain.Buyers.Zip(planted.Buyers).Count(c => Written(c.First) != Written(c.Second)));
        Assert.Equal(plain.Until(latest.Cutoff).Buyers.Select(Written), planted.Until(latest.Cutoff).Buyers.Select(Written));
        var (one, other) = (Set(plain), Set(planted));
        Assert.All(
            Enumerable.Range(0, one.Rows.Count).Where(i => one.Windows[one.WindowOf[i]].Cutoff <= latest.Cutoff),
            i => Assert.True(one.Rows.FeaturesOf(i).SequenceEqual(other.Rows.FeaturesOf(i))));
    }

    [Fact]
    public void A_day_that_was_not_collected_is_refused_by_name()
    {
        var collected = Collect(new Shop().Order("a", 1, 1_000).Order("a", 5, 500).Until(10), Shop.Day(3), Shop.Day(9));

        Assert.Equal([3, 9], Enumerable.Range(0, 11).Where(d => collected.Knows(Shop.Day(d))));
        var refusal = Assert.Throws<InvalidOperationException>(() => collected.Until(Shop.Day(5)));
        Assert.Equal("Customers were not collected as of 2024-01-06, but of 2024-01-04, 2024-01-10.", refusal.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => collected.Until(Shop.Day(10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => collected.Until(Shop.Day(3)).Until(Shop.Day(9)));
        Assert.Throws<InvalidOperationException>(() => collected.Buyers[0].Events);
    }

    [Fact]
    public void A_customer_who_comes_twice_is_refused()
    {
        var shop = new Shop().Order("a", 1, 1_000).Until(10);
        var snapshots = SnapshotsOf(shop.Customers.SelectMany(c => c.Events.Select(e => (c.Id, e))), [Shop.Day(5)], Shop.Settings)
            .ToArray();

        var refusal = Assert.Throws<ArgumentException>(
            () => StoreHistory.Collected([.. snapshots, .. snapshots], [Shop.Day(5)], Shop.Settings));
        Assert.StartsWith($"{Shop.Settings.Id}/c:a was collected twice.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_never_bought_is_left_out_and_who_has_bought_once_stays()
    {
        var collected = Collect(
            new Shop().Order("a", 1, 1_000, "x").Cancel("a", 6, "x").View("b", 2).Order("c", 8, 0).Order("d", 9, 100).Until(10),
            Shop.Day(5), Shop.Day(9));

        Assert.Equal(["a", "c", "d"], collected.Customers.Select(c => c.Id.Id));
        Assert.Equal(["d"], collected.Buyers.Select(c => c.Id.Id));
        Assert.Equal([new HoldoutOutcome(new(0), 0)], collected.OutcomesOf(collected.Until(Shop.Day(5)), ValueKind.Gross));
    }

    [Fact]
    public void Days_are_asked_for_anew_where_what_was_collected_begins_on_another_day()
    {
        // The first purchase is cancelled in the holdout: as of its beginning the past is longer than as of its end.
        var whole = new Shop().Order("a", 0, 1_000, "x").Cancel("a", 350, "x").Order("b", 100, 900).Order("b", 400, 900).Until(400);
        var guessed = Asked(HistorySpan.Assumed(Shop.Day(100), Shop.Day(400)));
        var needed = Asked(Collect(whole, [.. guessed]).Span);

        Assert.False(needed.IsSubsetOf(guessed));
        Assert.Equal(needed, Asked(whole.Span));
        Assert.Equal(needed, Asked(Collect(whole, [.. guessed.Union(needed).Order()]).Span));
        Assert.Equal((Shop.Day(100), Shop.Day(0)), (whole.Span.Begin, whole.Span.Until(Shop.Day(300)).Begin));

        static SortedSet<DateOnly> Asked(HistorySpan span) =>
            [.. ChampionTrainer.AsOfDays(span, new Horizon(100), MarketCalendar.Empty), span.End];
    }

    [Fact]
    public void A_history_that_ends_before_it_begins_has_no_windows()
    {
        var span = HistorySpan.Assumed(Shop.Day(8), Shop.Day(7));

        Assert.All(
            (WindowRule[])[WindowRule.Learning, WindowRule.Choosing, WindowRule.Holdout, WindowRule.Backtest],
            r => Assert.Empty(r.In(span, Task.Horizon)));
        Assert.Empty(ChampionTrainer.AsOfDays(span, Task.Horizon, MarketCalendar.Empty));
    }

    private static List<(CustomerId Customer, CustomerEvent Event)> EventsOf(int customers) =>
    [
        .. Simulated.Store(customers).History()
            .Select(e => (Customer: e.UserId is { } id ? CustomerId.OfUser(Simulated.Settings.Id, id) : (CustomerId?)null, e.Read().Event))
            .Where(e => e.Customer is not null).Select(e => (e.Customer!.Value, e.Event)),
    ];

    private static TrainingSet Set(StoreHistory past) => TrainingSet.Of(past, Task, SeasonFit.Of(past));

    private static string Written(AsOfSnapshot c) => c.Id + JsonSerializer.Serialize(c.Summary, DomainJson.Default.CustomerSummary);

    private static StoreHistory Collect(StoreHistory whole, params DateOnly[] days) => StoreHistory.Collected(
        SnapshotsOf(whole.Customers.SelectMany(c => c.Events.Select(e => (c.Id, e))), days, Shop.Settings), days, Shop.Settings);

    private static StoreHistory Collect(IEnumerable<(CustomerId, CustomerEvent)> events, IEnumerable<DateOnly> asked)
    {
        SortedSet<DateOnly> days = [.. asked, End];
        return StoreHistory.Collected(SnapshotsOf(events, days, Simulated.Settings), days, Simulated.Settings);
    }

    private static IEnumerable<AsOfSnapshots> SnapshotsOf(
        IEnumerable<(CustomerId Customer, CustomerEvent Event)> events, IReadOnlyCollection<DateOnly> days, StoreSettings store) => events
        .GroupBy(e => e.Customer, e => e.Event).Select(g => CustomerTimeline.Of(g.Key, g, store).Pack([.. days])).OfType<AsOfSnapshots>();
}
