using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Histories of cuts against those of events, on a simulated store whose customers look, rate and ask for refunds as well.</summary>
public sealed class GatheredHistoryTests
{
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly ForecastTask Task = new(ValueKind.Net, new Horizon(90));
    private static readonly Lazy<List<(CustomerId Customer, CustomerEvent Event)>> Events = new(() =>
    [
        .. Simulated.Store(700).History()
            .Select(e => (Customer: e.UserId is { } id ? CustomerId.OfUser(Simulated.Settings.Id, id) : (CustomerId?)null, e.Read().Event))
            .Where(e => e.Customer is not null).Select(e => (e.Customer!.Value, e.Event)),
    ]);

    private static readonly Lazy<StoreHistory> InMemory = new(() => StoreHistory.Of(Events.Value, Simulated.Settings, End));

    [Fact]
    public void Gathered_customers_and_outcomes_are_those_that_are_folded_in_memory()
    {
        var days = TrainingDays.WithHoldout(InMemory.Value.FirstPurchase, End, Task.Horizon);
        var gathered = Gather(Events.Value, days);

        Assert.True(days.Count > 15);
        foreach (var day in days)
        {
            var (expected, actual) = (InMemory.Value.Until(day), gathered.Until(day));
            Assert.Equal(expected.Buyers.Select(Written), actual.Buyers.Select(Written));
            Assert.Equal(InMemory.Value.OutcomesOf(expected, ValueKind.Net), gathered.OutcomesOf(actual, ValueKind.Net));
        }
    }

    [Fact]
    public void The_matrix_to_learn_from_is_the_same_to_the_last_bit()
    {
        var gathered = Gather(Events.Value, TrainingDays.Of(InMemory.Value.FirstPurchase, End, Task.Horizon));
        var (expected, actual) = (Set(InMemory.Value), Set(gathered));

        Assert.True(expected.Rows.Count > 2_000);
        Assert.Equal(expected.Windows, actual.Windows);
        Assert.Equal(expected.Rows.Values, actual.Rows.Values);
        Assert.All(Enumerable.Range(0, expected.Rows.Count), i => Assert.True(expected.Rows.FeaturesOf(i).SequenceEqual(actual.Rows.FeaturesOf(i))));
    }

    [Fact]
    public void A_champion_is_trained_and_judged_from_the_days_that_are_gathered_and_from_no_other()
    {
        var gathered = Gather(Events.Value, TrainingDays.WithHoldout(InMemory.Value.FirstPurchase, End, Task.Horizon));
        var cut = Holdout.CutOf(gathered.FirstPurchase, End, Task.Horizon)!.Value;
        var champion = ForecastModels.Find([ForecastModels.Champion])[0];

        foreach (var day in new[] { End, cut })
        {
            var (expected, actual) = (champion.Fit(InMemory.Value.Until(day), Task), champion.Fit(gathered.Until(day), Task));
            Assert.Contains("windows of 90 days", actual.Description, StringComparison.Ordinal);
            Assert.Equal(
                expected.Forecast(InMemory.Value.Until(day).Buyers).Select(f => f.Value), actual.Forecast(gathered.Until(day).Buyers).Select(f => f.Value));
        }
    }

    [Fact]
    public void A_backtest_is_the_same_to_the_last_bit_also_of_models_that_ask_for_coupons()
    {
        var calibrationEnd = BacktestDays.CalibrationEnd(InMemory.Value.FirstPurchase, End, Task.Horizon);
        var days = BacktestDays.Of(InMemory.Value.Until(calibrationEnd).FirstPurchase, calibrationEnd, End);
        var models = ForecastModels.Find(["mbg-nbd", "mbg-nbd-covariates"]);
        var (expected, actual) = (
            Backtest.Run(InMemory.Value, calibrationEnd, models), Backtest.Run(Gather(Events.Value, days), calibrationEnd, models));

        Assert.Contains(expected.Rows, r => r.Model == "mbg-nbd-covariates" && r.Score is not null);
        Assert.Equal(expected.Rows.Select(r => (r.Model, r.Description)), actual.Rows.Select(r => (r.Model, r.Description)));
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.All(expected.Rows.Zip(actual.Rows), r => Assert.Equal(r.First.Forecasts.Select(f => f.Value), r.Second.Forecasts.Select(f => f.Value)));
    }

    [Fact]
    public void What_comes_after_a_day_is_not_found_in_what_was_gathered_as_of_it()
    {
        // Whoever buys in the latest window looks at things a hundred times and rates them as it begins: the best of signals, known too late.
        var latest = Window.Of(InMemory.Value, Task.Horizon)[0];
        var buying = InMemory.Value.Buyers.Where(c => c.Summary.PurchaseDays.Any(d => d.Day > latest.Cut && d.Day <= latest.End)).Select(c => c.Id);
        var at = new DateTimeOffset(latest.Cut.AddDays(1).ToDateTime(new TimeOnly(0, 0)), TimeSpan.Zero);
        var signal = buying.SelectMany(id => Enumerable.Range(0, 100).Select(i => (id, new CustomerEvent
        {
            MessageId = $"planted {i}",
            Source = "test",
            Kind = i == 0 ? EventKind.ProductReviewed : EventKind.ProductViewed,
            At = at,
            Rating = i == 0 ? 500 : null,
        }))).ToList();
        var days = TrainingDays.Of(InMemory.Value.FirstPurchase, End, Task.Horizon);
        var (plain, planted) = (Gather(Events.Value, days), Gather(Events.Value.Concat(signal), days));

        Assert.NotEmpty(signal);
        Assert.Equal(signal.Count / 100, plain.Buyers.Zip(planted.Buyers).Count(c => Written(c.First) != Written(c.Second)));
        Assert.Equal(plain.Until(latest.Cut).Buyers.Select(Written), planted.Until(latest.Cut).Buyers.Select(Written));
        var (one, other) = (Set(plain), Set(planted));
        Assert.All(
            Enumerable.Range(0, one.Rows.Count).Where(i => one.Windows[one.WindowOf[i]].Cut <= latest.Cut),
            i => Assert.True(one.Rows.FeaturesOf(i).SequenceEqual(other.Rows.FeaturesOf(i))));
    }

    [Fact]
    public void A_day_that_was_not_gathered_is_refused_by_name()
    {
        var gathered = Gather(new Shop().Order("a", 1, 1_000).Order("a", 5, 500).Until(10), Shop.Day(3), Shop.Day(9));

        Assert.Equal([3, 9], Enumerable.Range(0, 11).Where(d => gathered.Knows(Shop.Day(d))));
        var refusal = Assert.Throws<InvalidOperationException>(() => gathered.Until(Shop.Day(5)));
        Assert.Equal("Customers were not gathered as of 2024-01-06, but of 2024-01-04, 2024-01-10.", refusal.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => gathered.Until(Shop.Day(10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => gathered.Until(Shop.Day(3)).Until(Shop.Day(9)));
        Assert.Throws<InvalidOperationException>(() => gathered.Buyers[0].Events);
    }

    [Fact]
    public void A_customer_who_comes_twice_is_refused()
    {
        var shop = new Shop().Order("a", 1, 1_000).Until(10);
        var cuts = CutsOf(shop.Customers.SelectMany(c => c.Events.Select(e => (c.Id, e))), [Shop.Day(5)], Shop.Settings).ToArray();

        var refusal = Assert.Throws<ArgumentException>(() => StoreHistory.OfCuts([.. cuts, .. cuts], [Shop.Day(5)], Shop.Settings));
        Assert.StartsWith($"{Shop.Settings.Id}/c:a was gathered twice.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_never_bought_is_left_out_and_who_has_bought_once_stays()
    {
        var gathered = Gather(
            new Shop().Order("a", 1, 1_000, "x").Cancel("a", 6, "x").View("b", 2).Order("c", 8, 0).Order("d", 9, 100).Until(10), Shop.Day(5), Shop.Day(9));

        Assert.Equal(["a", "c", "d"], gathered.Customers.Select(c => c.Id.Id));
        Assert.Equal(["d"], gathered.Buyers.Select(c => c.Id.Id));
        Assert.Equal([new HoldoutOutcome(new(0), 0)], gathered.OutcomesOf(gathered.Until(Shop.Day(5)), ValueKind.Gross));
    }

    [Fact]
    public void Days_are_asked_for_anew_where_what_was_gathered_begins_on_another_day()
    {
        // The first purchase is cancelled in the holdout: as of its begin the past is longer than as of its end.
        var whole = new Shop().Order("a", 0, 1_000, "x").Cancel("a", 350, "x").Order("b", 100, 900).Order("b", 400, 900).Until(400);
        var horizon = new Horizon(100);
        var guessed = TrainingDays.WithHoldout(Shop.Day(100), Shop.Day(400), horizon);
        var needed = TrainingDays.WithHoldout(Gather(whole, [.. guessed]), horizon);

        Assert.False(needed.IsSubsetOf(guessed));
        Assert.Equal(needed, TrainingDays.WithHoldout(Gather(whole, [.. guessed.Union(needed)]), horizon));
        Assert.Equal([Shop.Day(7)], TrainingDays.WithHoldout(null, Shop.Day(7), horizon));
        Assert.Equal([Shop.Day(7)], TrainingDays.WithHoldout(Shop.Day(8), Shop.Day(7), horizon));
    }

    private static TrainingSet Set(StoreHistory past) => TrainingSet.Of(past, Task, SeasonFit.Of(past));

    private static string Written(CustomerPast c) => c.Id + JsonSerializer.Serialize(c.Summary, DomainJson.Default.CustomerSummary);

    private static StoreHistory Gather(StoreHistory whole, params DateOnly[] days) => StoreHistory.OfCuts(
        CutsOf(whole.Customers.SelectMany(c => c.Events.Select(e => (c.Id, e))), days, Shop.Settings), days, Shop.Settings);

    private static StoreHistory Gather(IEnumerable<(CustomerId, CustomerEvent)> events, IReadOnlyCollection<DateOnly> days) =>
        StoreHistory.OfCuts(CutsOf(events, days, Simulated.Settings), days, Simulated.Settings);

    private static IEnumerable<AsOfSnapshots> CutsOf(
        IEnumerable<(CustomerId Customer, CustomerEvent Event)> events, IReadOnlyCollection<DateOnly> days, Domain.Stores.StoreSettings store) => events
        .GroupBy(e => e.Customer, e => e.Event).Select(g => AsOfSnapshots.Of(g.Key, g, [.. days], store)).OfType<AsOfSnapshots>();
}
