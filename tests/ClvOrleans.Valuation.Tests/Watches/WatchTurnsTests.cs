using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>The day on which a watch turns, against a look at every day.</summary>
public sealed class WatchTurnsTests
{
    private static readonly string[] Rules =
    [
        "pAlive < 0.5", "pAlive >= 0.3 and pAlive < 0.8", "lifecycle = 'cooling'", "lifecycle in ['at-risk', 'lost']",
        "predictedValue > 20",
        "predictedValue < 5 or revenueAtRisk > 30", "expectedPurchaseDays > 1", "recency = 40", "today - lastPurchase > 90",
        "lastPurchase + 30 = today", "ordersWithin('30d') >= 2", "spendWithin('90d') > 100 and pAlive > 0.4", "purchaseDays13w >= 2",
        "spend26w / purchaseDays26w > 80", "1 / recency < 0.02", "recency * pAlive > 30", "views4w > 0", "weeksSinceView >= 3",
        "not (sessions13w > 2)", "(recency > 10) = (pAlive < 0.6)", "today > 2027-06-01 and lifecycle != 'lost'", "overdue > 1.5",
        "rfm = '1-2-2'", "rfmGroup in ['at-risk', 'hibernating', 'about-to-sleep']", "recencyScore <= 2 and monetaryScore >= 2",
        "recencyScore + frequencyScore < 4", "cluster = 'c3'", "cluster in ['c1', 'c4'] or rfmGroup = 'champions'", "cluster != 'c4'",
        "abandonedCarts13w > 0.5", "rateFading13w < 0.05", "spendLastSeason > 50", "pAlive is not known", "sessionsPerMonth < 0.3",
    ];

    public static TheoryData<string> Models => [.. Futures.Models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_first_day_on_which_a_rule_turns_is_the_one_that_a_look_at_each_day_finds(string family)
    {
        var model = Futures.Models[family];
        var isEnsemble = !model.FallsInSilence;
        var random = new Random(7);
        var turned = 0;
        for (var i = 0; i < (isEnsemble ? 12 : 60); i++)
        {
            var customer = Futures.Customer(random);
            var list = Futures.List([.. Rules.OrderBy(_ => random.Next()).Take(random.Next(1, 4))]);
            var day = Futures.Today;
            for (var turn = 0; turn < 4; turn++)
            {
                var next = WatchTurns.Next(list, WatchState.None, day, model.FallsInSilence, d => Futures.On(d, customer, model));
                var expected = Daily(list, customer, model, day, next < day.AddDays(420) ? next : day.AddDays(420));
                if (next > day.AddDays(420))
                {
                    Assert.Null(expected);
                    break;
                }

                // Or else it is the day up to which was looked ahead.
                Assert.True(
                    expected == next || (expected is null && next == day.AddDays(WatchTurns.DaysAhead + 1)),
                    $"{next}, not {expected}: {string.Join("; ", list.Watches.Select(w => w.Rule))}");
                turned += expected is null ? 0 : 1;
                day = next;
            }
        }

        Assert.InRange(turned, isEnsemble ? 8 : 40, int.MaxValue);
    }

    [Fact]
    public void A_moved_value_turns_on_the_day_on_which_it_has_moved()
    {
        var random = new Random(3);
        foreach (var model in Futures.Models.Values.Where(m => m.FallsInSilence))
        {
            var customer = Futures.Customer(random);
            var watch = new ValueWatch(new WatchSubject(WatchKind.Policy, "fall"), 1, ValueDirection.Down, .02, null);
            var list = new WatchList(new WatchVersion(0, 1), [watch]);
            var anchor = Futures.On(Futures.Today, customer, model).Contribution.Sums.Predicted;
            var state = new WatchState(list.Version, [new WatchStanding(watch.Subject, 0, null, anchor)]);
            var next = WatchTurns.Next(list, state, Futures.Today, true, d => Futures.On(d, customer, model));
            var expected = Enumerable.Range(1, WatchTurns.DaysAhead).Select(Futures.Today.AddDays)
                .FirstOrDefault(
                    d => watch.HasMoved(anchor, Futures.On(d, customer, model).Contribution.Sums.Predicted),
                    Futures.Today.AddDays(WatchTurns.DaysAhead + 1));
            Assert.Equal(expected, next);
        }
    }

    // BG/NBD with r .243, α 4.414, a .793, b 2.426 (Fader, Hardie and Lee 2005), x 2, t_x 30.43, T 38.86 weeks: P(alive) falls to .6 in
    // week 51.42700, to .5 in week 62.49125 and to .4 in week 75.74776 after the first purchase.
    [Theory]
    [InlineData(.6, 51.42700)]
    [InlineData(.5, 62.49125)]
    [InlineData(.4, 75.74776)]
    public void P_alive_falls_through_a_bound_on_the_day_of_the_closed_form_and_few_days_are_looked_at(double bound, double weeks)
    {
        var model = ValueModels.Open(PriorModel.Version with
        {
            Family = "bg-nbd",
            Fitted = [],
            Covariance = [],
            Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", .243).Add("alpha", 4.414).Add("a", .793).Add("b", 2.426),
        });
        var customer = Happened.Summarise(Happened.Order(0, "1", 1_000), Happened.Order(100, "2", 1_000), Happened.Order(213, "3", 1_000));
        var asked = new HashSet<DateOnly>();
        var list = Futures.List(FormattableString.Invariant($"pAlive < {bound}"));
        var next = WatchTurns.Next(list, WatchState.None, Happened.Day(272), true, d =>
        {
            asked.Add(d);
            return Futures.On(d, customer, model);
        });
        Assert.Equal(Happened.Day((int)Math.Ceiling(7 * weeks)), next);
        Assert.InRange(asked.Count, 2, 16);
    }

    [Fact]
    public void A_value_watch_looks_no_farther_than_four_weeks() => Assert.Equal(
        Futures.Today.AddDays(WatchTurns.DaysAhead + 1),
        WatchTurns.Next(
            Futures.List("predictedValue > 1000000"), WatchState.None, Futures.Today, true,
            d => Futures.On(d, Futures.Customer(new Random(1)), Futures.Models["bg-nbd"])));

    [Fact]
    public void What_never_turns_is_not_looked_at_again()
    {
        Assert.Equal(
            DateOnly.MaxValue,
            WatchTurns.Next(Futures.List("orders > 1 and bucket('a') < 50"), WatchState.None, Futures.Today, true, _ => null!));
        var list = new WatchList(
            new WatchVersion(0, 1), [new EventWatch(new WatchSubject(WatchKind.Policy, "x"), 1, Domain.Events.EventKind.PageViewed)]);
        Assert.Equal(DateOnly.MaxValue, WatchTurns.Next(list, WatchState.None, Futures.Today, true, _ => null!));
    }

    private static DateOnly? Daily(WatchList list, CustomerSummary customer, IValueModel model, DateOnly from, DateOnly until)
    {
        var now = list.Evaluate(Futures.On(from, customer, model));
        for (var day = from.AddDays(1); day <= until; day = day.AddDays(1))
        {
            if (!list.Evaluate(Futures.On(day, customer, model)).SequenceEqual(now))
            {
                return day;
            }
        }

        return null;
    }
}
