using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Experiments;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Grains.Tests.Experiments;

/// <summary>What came of exposures, measured once for a store whose silos all look.</summary>
public sealed class OutcomeTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const string Mail = "experiment/mail";
    private readonly StoreId _store = cluster.NewStore();

    private IExposures Exposures => cluster.Service<IExposures>(0);

    [Fact]
    public async Task Orders_from_the_exposure_to_the_end_of_its_window_count_and_no_others()
    {
        var anna = CustomerId.OfUser(_store, "anna");
        await SendAsync(
            Sent.Order(anna, "before", 1_000, -1), Sent.Order(anna, "within", 2_000, 3), Sent.Order(anna, "last", 500, 14),
            Sent.Order(anna, "after", 4_000, 15), Sent.Refund(anna, "within", 300, "r1", 5), Sent.Refund(anna, "last", 500, "r2", 40));
        await ExposeAsync(anna, "mail");
        await MeasureAsync();

        var outcome = (await UnitsAsync()).Single().Outcome!;
        Assert.Equal((2, new Money(2_200), new Money(660)), (outcome.Orders, outcome.Spend, outcome.Margin));
        Assert.True(outcome.Visited);
        Assert.True(outcome.PredictedMargin > Money.Zero);
        Assert.Equal("prior", outcome.Model);
    }

    [Fact]
    public async Task An_order_that_arrives_late_counts_and_one_that_arrives_after_the_window_is_settled_does_not()
    {
        var bea = CustomerId.OfUser(_store, "bea");
        await ExposeAsync(bea, "mail", until: Today.AddDays(-2));
        await MeasureAsync();
        Assert.Equal(0, (await UnitsAsync()).Single().Outcome!.Orders);

        await SendAsync(Sent.Order(bea, "late", 700, 20));
        await MeasureAsync();
        Assert.Equal(1, (await UnitsAsync()).Single().Outcome!.Orders);

        var carl = CustomerId.OfUser(_store, "carl");
        await ExposeAsync(carl, "mail");
        await MeasureAsync();
        await SendAsync(Sent.Order(carl, "too late", 700, 2));
        await MeasureAsync();
        Assert.Equal(0, (await UnitsAsync()).Single(u => u.Exposure.Customer == carl).Outcome!.Orders);
    }

    // dittofeed #1463: leaving out whoever had already bought would take buyers from one arm only.
    [Fact]
    public async Task An_order_of_before_a_message_that_comes_to_light_after_it_counts_alike_in_both_arms()
    {
        var (told, held) = (CustomerId.OfUser(_store, "told"), CustomerId.OfUser(_store, "held"));
        await ExposeAsync(told, "mail");
        await ExposeAsync(held, "none");
        await SendAsync(new RoutedEvent(told, Sent.Event("sent", EventKind.MessageSent, 2) with
        {
            Message = new MessageFacts("slot", "d"),
        }));
        await SendAsync(Sent.Order(told, "told-late", 900, 1), Sent.Order(held, "held-late", 900, 1));
        await MeasureAsync();
        Assert.Equal(
            [("mail", 1, 1, new Money(900)), ("none", 1, 0, new Money(900))],
            (await UnitsAsync()).Select(u => (u.Exposure.Arm, u.Outcome!.Orders, u.Outcome.Sent, u.Outcome.Spend))
                .OrderBy(u => u.Arm, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_visitor_who_becomes_a_customer_keeps_the_arm_and_a_customer_in_two_arms_is_left_out()
    {
        var (dora, visitor) = (CustomerId.OfUser(_store, "dora"), CustomerId.OfVisitor(_store, "d1"));
        await SendAsync(Sent.Page(visitor, "p1", 1));
        await ExposeAsync(visitor, "mail");
        await SendAsync(Sent.Identify(dora, visitor, "i1"), Sent.Order(dora, "d-order", 900, 4));
        var kept = await ExposeAsync(dora, "none");
        Assert.Equal(("mail", dora), (kept.Arm, kept.Customer));

        var (emil, other) = (CustomerId.OfUser(_store, "emil"), CustomerId.OfVisitor(_store, "e1"));
        await SendAsync(Sent.Page(other, "p2", 1));
        await ExposeAsync(other, "mail");
        await ExposeAsync(emil, "none");
        await SendAsync(Sent.Identify(emil, other, "i2"), Sent.Order(emil, "e-order", 800, 4));
        await MeasureAsync();

        var units = await UnitsAsync();
        Assert.Equal(1, units.Single(u => u.Exposure.Customer == dora).Outcome!.Orders);
        var reading = ExperimentReader.Read(Record(), units, Today, AnyStore.SettingsOf(_store));
        Assert.Equal(1, reading.InTwoArms);
        Assert.Equal([0, 1], reading.Arms.Select(a => a.Matured));
        Assert.Equal([1, 2], reading.Arms.Select(a => a.Exposed));
    }

    [Fact]
    public async Task Two_rounds_at_once_on_two_silos_and_a_lost_one_measure_each_exposure_once()
    {
        var customers = Enumerable.Range(0, 700).Select(i => CustomerId.OfUser(_store, $"m{i}")).ToArray();
        await Task.WhenAll(customers.Select((c, i) => ExposeAsync(c, i % 2 == 0 ? "mail" : "none")));
        await Task.WhenAll(customers.Take(30).Select((c, i) => SendAsync(Sent.Order(c, $"m{i}", 100, 2))));
        var rounds = cluster.Silos.Select((_, silo) => cluster.Service<OutcomeWork>(silo).MeasureAsync(_store, Today, default));
        await Task.WhenAll(rounds);
        await MeasureAsync();

        var units = await UnitsAsync();
        Assert.Equal(700, units.Length);
        Assert.All(units, u => Assert.NotNull(u.Outcome));
        Assert.Equal(30, units.Sum(u => u.Outcome!.Orders));
        Assert.Empty(await Exposures.DueAsync(_store, Today, Today.AddDays(-30), 10));
    }

    [Fact]
    public async Task A_watch_measures_at_once_and_looks_again_after_its_interval()
    {
        await ExposeAsync(CustomerId.OfUser(_store, "fay"), "mail");
        await cluster.Grains.GetOutcomes(_store).WatchAsync();
        while ((await UnitsAsync()).Single().Outcome is null)
        {
            await Pause.ShortAsync();
        }

        await ExposeAsync(CustomerId.OfUser(_store, "gus"), "mail");
        while ((await UnitsAsync()).Any(u => u.Outcome is null))
        {
            cluster.Time.Advance(TimeSpan.FromMinutes(10));
            await cluster.Grains.GetOutcomes(_store).WatchAsync();
            await Task.Yield();
        }
    }

    private DateOnly Today => AnyStore.SettingsOf(_store).DayOf(cluster.Time.GetUtcNow());

    private static ExperimentRecord Record()
    {
        ImmutableArray<ArmShare> arms = [new("none", .5), new("mail", .5)];
        return new ExperimentRecord
        {
            Definition = new Experiment
            {
                Id = new ExperimentId("mail"),
                Hypothesis = "A mail brings purchases.",
                Arms = arms,
                Primary = Metric.Purchased,
                LeastEffect = .01,
            },
            Revision = 1,
            Splits = [Allocation.Of(arms).Ranges],
            Forecast = new ExperimentForecast(1_000, 10, 2_000, .007, .1, .3, 500, false, null),
            DefinedAt = Sent.Start,
        };
    }

    private Task<Exposure> ExposeAsync(CustomerId customer, string arm, DateOnly? until = null) => Exposures.ExposeAsync(new Exposure
    {
        Subject = Mail,
        Unit = customer.ToText(),
        Customer = customer,
        Arm = arm,
        At = Sent.Start,
        Until = until ?? new DateOnly(2026, 1, 19),
    });

    private async Task<ImmutableArray<ExposedUnit>> UnitsAsync() => [.. await Exposures.ReadAsync(_store, Mail).ToListAsync()];

    private Task MeasureAsync() => cluster.Grains.GetOutcomes(_store).MeasureAsync();

    private async Task SendAsync(params RoutedEvent[] events)
    {
        foreach (var e in events)
        {
            Assert.Equal(OutcomeKind.Recorded, (await cluster.Router().RecordAsync([e]))[0].Kind);
        }
    }
}
