using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>One look at a customer: what is told, and how they stand afterwards.</summary>
public sealed class WatchStepTests
{
    private static readonly CustomerId Anna = CustomerId.OfUser(new StoreId("shop"), "anna");
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rule<CustomerFacts> Anything = CustomerRules.For(Currency.Of("USD")).Parse("true");
    private static readonly WatchSubject Fall = new(WatchKind.Policy, "fall");
    private static readonly EventKey Click = new("web", "m1");

    [Fact]
    public void Entering_and_leaving_is_told_once_with_its_number_and_since_when()
    {
        var entered = WatchStep.Of(null, null, null, Look(List(1, "vip"), ["vip"], WatchCause.Of(Click)));
        Assert.Equal(["Entered vip 1"], Text(entered));
        Assert.Equal(WatchCause.Of(Click), entered.Transitions[0].Cause);
        var stays = WatchStep.Of(entered.State, null, new Money(5), Look(List(1, "vip"), ["vip"], hours: 1));
        Assert.Empty(stays.Transitions);
        var left = WatchStep.Of(stays.State, null, new Money(5), Look(List(1, "vip"), [], hours: 2));
        Assert.Equal(["Left vip 1"], Text(left));
        Assert.Equal((Noon, Noon.AddHours(2)), (left.Transitions[0].Since, left.Transitions[0].At));
        Assert.Equal(new Money(5), left.Transitions[0].Facts.PredictedBefore);
        Assert.Equal(["Entered vip 2"], Text(WatchStep.Of(left.State, null, null, Look(List(1, "vip"), ["vip"]))));
    }

    [Fact]
    public void A_redefinition_that_a_member_still_satisfies_tells_nothing_and_any_other_is_caused_by_it()
    {
        var member = WatchStep.Of(null, null, null, Look(List(1, "vip"), ["vip"])).State;
        Assert.Empty(WatchStep.Of(member, null, null, Look(List(2, "vip"), ["vip"])).Transitions);
        var left = WatchStep.Of(member, null, null, Look(List(2, "vip"), [], WatchCause.Of(Click)));
        Assert.Equal(["Left vip 1"], Text(left));
        Assert.Equal(WatchCauseKind.Definition, left.Transitions[0].Cause.Kind);

        // The second look by the new definition is as any other.
        Assert.Equal(
            WatchCauseKind.Event,
            WatchStep.Of(left.State, null, null, Look(List(2, "vip"), ["vip"], WatchCause.Of(Click))).Transitions[0].Cause.Kind);
    }

    [Fact]
    public void A_removed_watch_lets_go_of_its_members()
    {
        var member = WatchStep.Of(null, null, null, Look(List(1, "a", "b"), ["a", "b"])).State;
        var step = WatchStep.Of(member, null, null, Look(List(2, "b"), ["b"]));
        Assert.Equal(["Left a 1"], Text(step));
        Assert.Equal(WatchCauseKind.Definition, step.Transitions[0].Cause.Kind);
        Assert.Equal("b", step.State.Segments.Text);
    }

    [Fact]
    public void A_look_by_older_definitions_than_another_silo_has_changes_no_membership_and_is_repeated()
    {
        var member = WatchStep.Of(null, null, null, Look(List(2, "new"), ["new"])).State;
        var behind = WatchStep.Of(
            member, null, null, Look(List(1, "old"), ["old"], WatchCause.Of(Click)) with { Events = [(Click, EventKind.PageViewed)] });
        Assert.Equal(["Happened views 1"], Text(behind));
        Assert.Equal(("new", true, "behind"), (behind.State.Segments.Text, behind.State.IsBehind, behind.State.Definitions));
        var again = WatchStep.Of(behind.State, null, null, Look(List(2, "new"), []));
        Assert.Equal(["Left new 1"], Text(again));
        Assert.Equal("2.2", again.State.Definitions);
    }

    [Fact]
    public void Where_identities_merge_stays_go_on_and_entries_add_up()
    {
        var visitor = WatchStep.Of(null, null, null, Look(List(1, "a", "b"), ["a", "b"])).State;
        var customer = WatchStep.Of(null, null, null, Look(List(1, "a", "b"), ["b"], hours: 1)).State;
        Assert.Equal(["Left a 1", "Left b 1"], WatchStep.Leave(Anna, visitor, default, Look(List(1, "a", "b"), [])).Select(Text));

        var merged = WatchStep.Of(customer, visitor, null, Look(List(1, "a", "b"), ["a", "b"], WatchCause.Merge, 2));
        Assert.Equal(["Entered a 1"], Text(merged));
        Assert.True(merged.Transitions[0].IsCarriedOver);
        Assert.Equal((Noon, 2), (merged.State.Find(Subject("b"))!.Since, merged.State.Find(Subject("b"))!.Entry));
        var left = WatchStep.Of(merged.State, null, null, Look(List(1, "a", "b"), [], hours: 3));
        Assert.Equal(["Left a 1", "Left b 2"], Text(left));

        var apart = WatchStep.Of(null, visitor, null, Look(List(1, "a", "b"), ["a"], WatchCause.Merge, 2));
        Assert.Equal(["Entered a 1"], Text(apart));
        Assert.Equal(1, apart.State.Find(Subject("b"))!.Entry);
        var anew = WatchStep.Of(apart.State, null, null, Look(List(1, "a", "b"), ["a", "b"], hours: 3));
        Assert.Equal(["Entered b 2"], Text(anew));
        Assert.False(anew.Transitions[0].IsCarriedOver);
    }

    [Fact]
    public void A_falling_value_is_measured_from_the_greatest_since_the_last_notice()
    {
        var state = (WatchState?)null;
        var told = new List<string>();
        foreach (var value in (int[])[100, 150, 130, 125, 119, 118, 60, 200, 160])
        {
            var step = WatchStep.Of(state, null, null, Look(List(1), []) with { Facts = Facts(value) });
            told.AddRange(step.Transitions.Select(t => $"{t.Facts.PredictedBefore!.Value.Minor} to {t.Facts.Predicted.Minor}"));
            state = step.State;
        }

        // A fifth of 150 is 30; of 119, 23.8; of 200, 40.
        Assert.Equal(["150 to 119", "119 to 60", "200 to 160"], told);
        Assert.Equal(3, state!.Find(Fall)!.Entry);
    }

    [Theory]
    [InlineData(ValueDirection.Up, 100, 120, true)]
    [InlineData(ValueDirection.Up, 100, 80, false)]
    [InlineData(ValueDirection.Up, 0, 1, false)] // The amount is not reached.
    [InlineData(ValueDirection.Up, 0, 10, true)]
    [InlineData(ValueDirection.Down, 100, 80, true)]
    [InlineData(ValueDirection.Down, 40, 32, false)]
    [InlineData(ValueDirection.Either, 100, 81, false)]
    [InlineData(ValueDirection.Either, 100, 80, true)]
    [InlineData(ValueDirection.Either, 100, 100, false)]
    public void A_move_reaches_both_the_share_and_the_amount(ValueDirection direction, int from, int to, bool expected) => Assert.Equal(
        expected, new ValueWatch(Fall, 1, direction, .2, new Money(10)).HasMoved(new Money(from), new Money(to)));

    [Theory]
    [InlineData("1.0", "a c", true)]
    [InlineData("1.0", "a", false)]
    [InlineData("1.0", "a cc", false)]
    [InlineData("1.0", "a b c", false)]
    [InlineData("1.0", "", false)]
    [InlineData("2.0", "a c", false)]
    [InlineData("behind", "a c", false)]
    public void A_row_stands_as_it_did_where_the_same_definitions_say_the_same(string definitions, string segments, bool expected)
    {
        var list = new WatchList(new WatchVersion(1, 0), "abc".Select(c => new RuleWatch(Subject(c.ToString()), 1, Anything)));
        Assert.Equal(expected, Look(list, ["a", "c"]).LeavesAsItWas(SegmentSet.Parse(segments), definitions));
        Assert.False(Look(List(1, "a", "c"), ["a", "c"]).LeavesAsItWas(SegmentSet.Parse("a c"), "1.1"));
    }

    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        var state = WatchStep.Of(null, null, null, Look(List(3, "a"), ["a"]) with { Events = [(Click, EventKind.PageViewed)] }).State;
        var json = System.Text.Json.JsonSerializer.Serialize(state, ValuationJson.Default.WatchState);
        var read = System.Text.Json.JsonSerializer.Deserialize(json, ValuationJson.Default.WatchState)!;
        Assert.Equal((state.Version, state.IsBehind), (read.Version, read.IsBehind));
        Assert.Equal(state.Standings.AsEnumerable(), read.Standings);
    }

    // Any looks at one person who may be two, by definitions that change meanwhile.
    [Fact]
    public void Whatever_happens_entries_and_leavings_alternate_and_add_up_to_the_membership()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (states, inside) = (new WatchState?[2], new HashSet<string>[] { [], [] });
            var (merged, revision) = (false, 1);
            for (var i = 0; i < 40; i++)
            {
                revision += random.Next(8) == 0 ? 1 : 0;
                string[] names = [.. "abc".Select(c => c.ToString()).Where(_ => random.Next(6) > 0)];
                var reading = Look(
                    List(random.Next(6) == 0 ? 1 : revision, names), names.Where(_ => random.Next(2) == 0), WatchCause.Time, i);
                var who = merged ? 0 : random.Next(2);
                var joins = !merged && i == 20 && states[1] is not null;
                if (joins)
                {
                    Follow(WatchStep.Leave(Anna, states[1]!, default, reading), inside[1]);
                    Assert.Empty(inside[1]);
                    (merged, who) = (true, 0);
                }

                var step = WatchStep.Of(states[who], joins ? states[1] : null, null, reading);
                Follow(step.Transitions, inside[who]);
                states[who] = step.State;
                Assert.Equal(string.Join(' ', inside[who].Order(StringComparer.Ordinal)), step.State.Segments.Text);
                if (!step.State.IsBehind)
                {
                    var holds = reading.List.Watches.Where((w, place) => w is RuleWatch && reading.Holds[place]).Select(w => w.Subject.Id);
                    Assert.Equal(string.Join(' ', holds), step.State.Segments.Text);
                }
            }
        }

        static void Follow(IEnumerable<Transition> transitions, HashSet<string> inside)
        {
            foreach (var t in transitions)
            {
                Assert.True(t.Kind == TransitionKind.Entered ? inside.Add(t.Subject.Id) : inside.Remove(t.Subject.Id), t.ToString());
            }
        }
    }

    private static WatchSubject Subject(string segment) => WatchSubject.Of(new SegmentId(segment));

    private static WatchList List(long revision, params string[] segments) => new(
        new WatchVersion(revision, revision),
        [
            .. segments.Select(s => new RuleWatch(Subject(s), revision, Anything)),
            new ValueWatch(Fall, 1, ValueDirection.Down, .2, null),
            new EventWatch(new WatchSubject(WatchKind.Policy, "views"), 1, EventKind.PageViewed),
        ]);

    private static WatchReading Look(WatchList list, IEnumerable<string> holds, WatchCause? cause = null, int hours = 0) => new()
    {
        Customer = Anna,
        List = list,
        Holds = [.. list.Watches.Select(w => w is not RuleWatch || holds.Contains(w.Subject.Id))],
        At = Noon.AddHours(hours),
        Cause = cause ?? WatchCause.Time,
        Facts = Facts(0),
    };

    private static TransitionFacts Facts(int predicted) =>
        new(new DateOnly(2026, 6, 15), 1, null, new Money(predicted), null, Lifecycle.Active, "m-1", 1);

    private static IEnumerable<string> Text(WatchStep step) => step.Transitions.Select(Text);

    private static string Text(Transition t) => $"{t.Kind} {t.Subject.Id} {t.Entry}";
}
