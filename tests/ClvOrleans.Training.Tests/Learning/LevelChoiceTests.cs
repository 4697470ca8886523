using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Levels;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class LevelChoiceTests
{
    private static readonly ForecastTask Task = new(ValueKind.Gross, new Horizon(180));

    [Fact]
    public void Values_of_a_cohort_add_up_to_the_level_and_keep_their_ranking()
    {
        var past = Pasts.OfSimulation(600, 3);
        var (value, _) = new Stacking([new RfmScores()], withExpected: true, isLenient: false).Learn(past, Task);
        var before = value with { Cohorts = null };
        var after = LevelChoice.Reconciled(before, LevelFit.Of(past, Task.Value), past, Task, isByCohort: true);
        var cohorts = after.Cohorts!;
        var level = cohorts.Store;

        Assert.True(cohorts.Cohorts.Length > 1);
        foreach (var cohort in past.Buyers.GroupBy(c => cohorts.PlaceOf(c.FirstPurchase)))
        {
            var (was, now) = (ValuesOf(before, past, cohort), ValuesOf(after, past, cohort));
            var expected = level.Cohorts.Where(c => cohorts.PlaceOf(CalendarMonth.Start(c.Month)) == cohort.Key)
                .Sum(c => c.Customers * level.OfCustomer(c, past.End, Task.Horizon));
            Assert.Equal(1, now.Sum() / expected, 1e-9);
            Assert.All(was.Zip(now).Where(p => p.First > 0), p => Assert.Equal(now.Sum() / was.Sum(), p.Second / p.First, 1e-9));
        }

        var all = ValuesOf(after, past, past.Buyers);
        Assert.Equal(1, all.Sum() / level.Expected(past.End, Task.Horizon), 1e-9);
    }

    [Fact]
    public void As_a_whole_all_values_add_up_to_the_level_and_the_ranking_of_all_stays()
    {
        var past = Pasts.OfSimulation(600, 3);
        var (value, _) = new Stacking([new RfmScores()], withExpected: true, isLenient: false).Learn(past, Task);
        var before = value with { Cohorts = null };
        var after = LevelChoice.Reconciled(before, LevelFit.Of(past, Task.Value), past, Task, isByCohort: false);
        var (was, now) = (ValuesOf(before, past, past.Buyers), ValuesOf(after, past, past.Buyers));

        Assert.Single(after.Cohorts!.Cohorts);
        Assert.Equal(1, now.Sum() / after.Cohorts.Store.Expected(past.End, Task.Horizon), 1e-9);
        Assert.All(was.Zip(now).Where(p => p.First > 0), p => Assert.Equal(now.Sum() / was.Sum(), p.Second / p.First, 1e-9));
    }

    [Fact]
    public void Shares_of_cohorts_are_told_apart_whatever_the_level()
    {
        // Of 30 that came 10 are of the young: the ensemble says half, the store's level a third of twice as much.
        var shares = new CohortShares();
        shares.Add(0, 10, 50, 20);
        shares.Add(1, 15, 40, 30);
        shares.Add(1, 5, 10, 10);

        var (ensemble, store) = shares.Divergences()!.Value;
        Assert.Equal((Math.Log(2 / 3.0) / 3) + (2 * Math.Log(4 / 3.0) / 3), ensemble, 1e-12);
        Assert.Equal(0, store, 1e-12);
        Assert.Null(new CohortShares().Divergences());
    }

    [Fact]
    public void A_model_says_which_level_it_has_and_why_and_is_read_back_bit_for_bit()
    {
        var past = Pasts.OfSimulation(600, 3);
        var (value, description) = new Stacking([new RfmScores()], withExpected: true, isLenient: false).Learn(past, Task);
        var reconciled = LevelChoice.Reconciled(value with { Cohorts = null }, LevelFit.Of(past, Task.Value), past, Task, isByCohort: true);
        var body = new LearnedBody(reconciled, Valuation.Models.PriorModel.Version);
        var again = LearnedBody.FromBytes(body.ToBytes()).Value;

        Assert.Matches(
            @"level of the (store's own past|seasonal clock).* \(off by \d\.\d\d in \d windows; the seasonal clock by \d\.\d\d\)"
                + @"(, (cohort by cohort|as a whole): shares of cohorts were off by \d\.\d\d\d, the ensemble's by \d\.\d\d\d)?",
            description);
        Assert.Equal(ValuesOf(reconciled, past, past.Buyers), ValuesOf(again, past, past.Buyers));
        Assert.Equal(reconciled.Cohorts!.Store.Error(Task.Horizon), again.Cohorts!.Store.Error(Task.Horizon));
    }

    [Fact]
    public void Between_trainings_the_level_moves_with_the_season_of_the_store()
    {
        var past = Pasts.OfSimulation(600, 3);
        var (value, _) = new Stacking([new RfmScores()], withExpected: true, isLenient: false).Learn(past, Task);
        var level = LevelFit.Of(past, Task.Value);
        var cohorts = LevelChoice.Reconciled(value with { Cohorts = null }, level, past, Task, isByCohort: true).Cohorts!;
        var clock = value.Features.Clock;
        var later = past.End.AddDays(90);

        Assert.Equal(
            cohorts.Season(clock, later) / cohorts.Season(clock, past.End),
            cohorts.Of(clock, past.FirstPurchase, later) / cohorts.Of(clock, past.FirstPurchase, past.End),
            1e-12);
        Assert.Equal(
            cohorts.Store.Index(later, Task.Horizon), cohorts.Season(clock, later) * clock.Weeks(later, later.AddDays(180)) * 7 / 180,
            1e-12);
    }

    private static double[] ValuesOf(StackedValue value, StoreHistory past, IEnumerable<Domain.Customers.AsOfSnapshot> customers) =>
        [.. customers.Select(c => value.Forecast(c.Summary, past.Market.At(past.End), past.End, Task.Horizon).Value)];
}
