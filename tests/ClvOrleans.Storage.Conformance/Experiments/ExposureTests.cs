using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Experiments;

/// <summary><see cref="IExposures"/>: each exposure once, and of each what came of it, whoever measures it.</summary>
public class ExposureTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private const string Mail = "experiment/mail";
    private static readonly DateOnly End = new(2026, 3, 15);
    private static readonly DateOnly Never = new(2026, 1, 1);

    [Fact]
    public async Task An_exposure_is_kept_once_as_it_came_first()
    {
        var first = Sample.Exposure("mail", "anna");
        Assert.Equal(first, await Store.Exposures.ExposeAsync(first));
        Assert.Equal(first, await Store.Exposures.ExposeAsync(first with { Arm = "none", At = Sample.Time.AddDays(-1) }));
        await ReopenAsync();
        Assert.Equal(first, await Store.Exposures.FindAsync(Sample.Customer("anna"), Mail));
        Assert.Null(await Store.Exposures.FindAsync(Sample.Customer("anna"), "experiment/other"));
        Assert.Equal([new ExposedUnit(first, null)], await Store.Exposures.ReadAsync(Shop, Mail).ToListAsync());
        Assert.Empty(await Store.Exposures.ReadAsync(Other, Mail).ToListAsync());
    }

    [Fact]
    public async Task Of_exposures_that_come_at_once_all_get_the_one_that_is_kept()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => Task.Run(() => Store.Exposures.ExposeAsync(Sample.Exposure("mail", "anna", i % 2 == 0 ? "mail" : "none")))));
        Assert.Single(kept.Distinct());
        Assert.Single(await Store.Exposures.ReadAsync(Shop, Mail).ToListAsync());
    }

    [Fact]
    public async Task Who_has_become_another_keeps_the_arm()
    {
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "a1", "none"));
        await Store.Journal.AppendAsync(Sample.Commit("a1", 0, "m1"));
        await MergeAsync("a1", "anna", 1);

        var anna = Sample.Exposure("mail", "a1", "none") with { Customer = Sample.Customer("anna") };
        Assert.Equal(anna, await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "anna")));
        Assert.Equal(anna, await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "a1")));
        Assert.Equal(anna, await Store.Exposures.FindAsync(Sample.Customer("a1"), Mail));
        Assert.Equal([new ExposedUnit(anna, null)], await Store.Exposures.OfCustomerAsync(Sample.Customer("a1")));
    }

    [Fact]
    public async Task Who_was_two_keeps_both_exposures_and_the_earliest_is_found()
    {
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "anna", "mail", Sample.Time.AddHours(1)));
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "a1", "none", Sample.Time));
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "bea"));
        await MergeAsync("a1", "anna", 0);

        Assert.Equal("none", (await Store.Exposures.FindAsync(Sample.Customer("anna"), Mail))!.Arm);
        Assert.Equal(
            [("c:a1", "anna"), ("c:anna", "anna"), ("c:bea", "bea")],
            (await Store.Exposures.ReadAsync(Shop, Mail).ToListAsync()).Select(u => (u.Exposure.Unit, u.Exposure.Customer.Id)));
    }

    [Fact]
    public async Task A_window_that_is_over_is_due_until_it_is_measured()
    {
        var (anna, bea) = (Sample.Exposure("mail", "anna"), Sample.Exposure("mail", "bea") with { Until = End.AddDays(1) });
        await Store.Exposures.ExposeAsync(bea);
        await Store.Exposures.ExposeAsync(anna);
        Assert.Empty(await DueAsync(End));
        Assert.Equal([anna], await DueAsync(End.AddDays(1)));
        Assert.Equal([anna, bea], await DueAsync(End.AddDays(2)));
        Assert.Equal([anna], await DueAsync(End.AddDays(2), limit: 1));

        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 0))], Never);
        await ReopenAsync();
        Assert.Equal([bea], await DueAsync(End.AddDays(2)));
        Assert.Equal(Sample.Outcome(anna, 0), (await Store.Exposures.ReadAsync(Shop, Mail).FirstAsync()).Outcome);
    }

    [Fact]
    public async Task Exposures_that_are_measured_for_good_are_removed_with_their_outcomes_after_a_day()
    {
        var (anna, bea, carla) = (Sample.Exposure("mail", "anna"), Sample.Exposure("mail", "bea"),
            Sample.Exposure("mail", "carla") with { Until = End.AddDays(1) });
        foreach (var exposure in (Exposure[])[anna, bea, carla])
        {
            await Store.Exposures.ExposeAsync(exposure);
        }

        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 0))], End.AddDays(2));
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(carla, Sample.Outcome(carla, 0))], End.AddDays(2));
        Assert.Equal(0, await Store.Exposures.PruneAsync(Shop, End));
        Assert.Equal(1, await Store.Exposures.PruneAsync(Shop, End.AddDays(1)));
        Assert.Equal(
            ["bea", "carla"],
            (await Store.Exposures.ReadAsync(Shop, Mail).ToListAsync()).Select(u => u.Exposure.Customer.Id).Order(StringComparer.Ordinal));
        Assert.Equal([bea], await DueAsync(End.AddDays(1)));
    }

    [Fact]
    public async Task A_late_event_makes_an_outcome_due_again_until_the_window_is_settled()
    {
        var anna = Sample.Exposure("mail", "anna");
        await Store.Exposures.ExposeAsync(anna);
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 0, 0))], Never);
        Assert.Empty(await DueAsync(End.AddDays(1)));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        Assert.Equal([anna], await DueAsync(End.AddDays(1)));

        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 1, 1))], Never);
        Assert.Empty(await DueAsync(End.AddDays(1)));
        Assert.Equal([anna], await DueAsync(End.AddDays(40), End.AddDays(1)));
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 1, 1))], End.AddDays(1));
        Assert.Empty(await DueAsync(End.AddDays(40), End.AddDays(1)));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 1, "m2"));
        Assert.Empty(await DueAsync(End.AddDays(40), End.AddDays(1)));
        Assert.Equal(1, (await Store.Exposures.ReadAsync(Shop, Mail).FirstAsync()).Outcome!.Orders);
    }

    [Fact]
    public async Task What_was_measured_of_an_earlier_sequence_or_another_customer_undoes_nothing()
    {
        var anna = Sample.Exposure("mail", "anna");
        await Store.Exposures.ExposeAsync(anna);
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1", "m2"));
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 2, 2))], Never);
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna, Sample.Outcome(anna, 1, 1))], Never);
        var stranger = anna with { Customer = Sample.Customer("bea") };
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(stranger, Sample.Outcome(anna, 2, 3))], Never);
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(anna with { Unit = "c:nobody" }, Sample.Outcome(anna, 2))], Never);

        Assert.Equal(2, Assert.Single(await Store.Exposures.ReadAsync(Shop, Mail).ToListAsync()).Outcome!.Orders);
    }

    [Fact]
    public async Task An_outcome_is_due_again_after_a_merge_though_the_sequence_is_the_same()
    {
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "a1"));
        await Store.Journal.AppendAsync(Sample.Commit("a1", 0, "m1"));
        var before = Sample.Exposure("mail", "a1");
        await Store.Exposures.KeepAsync(Shop, [new ExposedUnit(before, Sample.Outcome(before, 1))], Never);
        await MergeAsync("a1", "anna", 1);

        var due = Assert.Single(await DueAsync(End.AddDays(1)));
        Assert.Equal((Sample.Customer("anna"), "c:a1"), (due.Customer, due.Unit));
    }

    [Fact]
    public async Task Decisions_are_followed_once_and_never_back()
    {
        Assert.Equal(0, await Store.Exposures.FollowedAsync(Shop));
        await MergeAsync("a1", "anna", 0);
        Exposure[] first = [Decided("d1", "a1"), Decided("d2", "bea"), Decided("d3", "anna")];
        await Store.Exposures.FollowAsync(Shop, first, 3);
        await Store.Exposures.FollowAsync(Shop, [Decided("d1", "bea")], 1);
        await Store.Exposures.FollowAsync(Shop, [], 9);
        await ReopenAsync();

        Assert.Equal((9, 0), (await Store.Exposures.FollowedAsync(Shop), await Store.Exposures.FollowedAsync(Other)));
        Assert.Equal(
            [("d1", "anna"), ("d2", "bea"), ("d3", "anna")],
            (await Store.Exposures.ReadAsync(Shop, "policy/thanks").ToListAsync()).Select(u => (u.Exposure.Unit, u.Exposure.Customer.Id)));
    }

    private static Exposure Decided(string decision, string customer) =>
        Sample.Exposure("mail", customer) with { Subject = "policy/thanks", Unit = decision };

    private Task<IReadOnlyList<Exposure>> DueAsync(DateOnly today, DateOnly? settled = null, int limit = 10) =>
        Store.Exposures.DueAsync(Shop, today, settled ?? Never, limit);

    private async Task MergeAsync(string from, string to, long sequence) => await Store.Journal.AppendAsync(
        Sample.Commit(to, 0, "m1") with { Merged = new IdentityMerge(Sample.Customer(from), sequence) });
}
