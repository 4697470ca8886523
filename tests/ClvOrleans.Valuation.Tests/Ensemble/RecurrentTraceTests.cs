using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Models;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Ensemble;

public sealed class RecurrentTraceTests
{
    private static readonly NetworkValue Value = Nets.Of(SeriesKind.Steps);
    private static readonly double[] Features = Nets.Features(4);

    [Fact]
    public void In_any_order_of_events_a_trace_changes_no_bit() =>
        (from events in Happened.History
         from order in Gen.Shuffle(Enumerable.Range(0, events.Length).ToArray())
         select (events, order)).Sample(t =>
     {
         var trace = new RecurrentTrace();
         for (var known = 0; known <= t.events.Length; known++)
         {
             // Late events among them: any order of arrival.
             var customer = Happened.Summarise(t.order.Take(known).Select(i => t.events[i]));
             var row = new FeatureRow(Features, customer, Happened.Day(401));
             Assert.Equal(Value.Predict(row), Value.Follow(row, trace));
         }
     }, iter: 60);

    [Fact]
    public void Only_new_steps_are_run_and_a_late_event_runs_all_again()
    {
        List<CustomerEvent> events = [];
        var trace = new RecurrentTrace();

        Assert.Equal(1, RunAfter(0));
        Assert.Equal(1, RunAfter(1));
        Assert.Equal(2, RunAfter(7));
        Assert.Equal(1, RunAfter(9));
        Assert.Equal(2, RunAfter(70));
        Assert.Equal(3, RunAfter(8));
        Assert.Equal(1, RunAfter(71));

        int RunAfter(int day)
        {
            events.Add(Happened.On(day, EventKind.ProductViewed));
            var row = new FeatureRow(Features, Happened.Summarise(events), Happened.Day(71));
            Assert.Equal(Value.Predict(row), Value.Follow(row, trace));
            return trace.Ran;
        }
    }

    [Fact]
    public void A_trace_of_another_network_is_not_gone_on_with()
    {
        var trace = new RecurrentTrace();
        var row = new FeatureRow(Features, Nets.Busy, Happened.Day(640));
        Value.Follow(row, trace);
        var other = Value with { Network = Nets.Of(SeriesKind.Steps, seed: 2).Network };

        Assert.Equal(other.Predict(row), other.Follow(row, trace));
        Assert.Equal(Nets.Length, trace.Ran);
    }

    [Fact]
    public void Models_without_a_memory_leave_the_trace_alone()
    {
        var trace = new RecurrentTrace();
        var row = new FeatureRow(Features, Nets.Busy, Happened.Day(640));
        ILearned value = Nets.Of(SeriesKind.Weeks);

        Assert.Equal(value.Predict(row), value.Follow(row, trace));
        Assert.Equal(0, trace.Ran);
    }
}
