using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// What an experiment would have measured in the store's past, on a sample of its customers: those who came within the planned days are
/// taken to be exposed when they first came, and their windows have just ended.
/// </summary>
/// <param name="experiment">The definition.</param>
/// <param name="audience">Its rule, compiled; null without one.</param>
/// <param name="model">The model that predicts.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
/// <param name="today">The local day; yesterday is the last that is looked at.</param>
public sealed class ExperimentHistory(
    Experiment experiment, Rule<CustomerFacts>? audience, IValueModel model, MarketCalendar market, StoreSettings store, DateOnly today)
{
    private readonly List<Outcome> _outcomes = [];
    private readonly List<int> _firstDays = [];
    private readonly List<CohortUnit> _cohort = [];

    private DateOnly LastExposure => today.AddDays(-1 - experiment.MaturityDays);

    /// <summary>Adds a customer.</summary>
    public void Add(CustomerTimeline customer)
    {
        if (experiment.Unit == ExperimentUnit.Customer && customer.Id.Kind != CustomerKind.Customer)
        {
            return;
        }

        if (FirstOf(customer, today.AddDays(-MetricHistory.LongestDays), today.AddDays(-1)) is { } came && IsInAudience(customer, came.Day))
        {
            _firstDays.Add(came.Day.DayNumber - today.AddDays(-MetricHistory.LongestDays).DayNumber);
        }

        if (FirstOf(customer, LastExposure.AddDays(1 - experiment.PlannedDays), LastExposure) is { } exposed
            && IsInAudience(customer, exposed.Day))
        {
            _outcomes.Add(Measure(customer, exposed.At, exposed.Day.AddDays(experiment.MaturityDays)));
        }

        AddToCohort(customer);
    }

    /// <summary>The metric's history, and how an expected margin is made where the metric is one.</summary>
    /// <param name="sampled">Part of the customers that was added, above 0 and at most 1.</param>
    /// <exception cref="ExperimentException">The history cannot tell.</exception>
    public (MetricHistory Metric, Surrogate? Surrogate) Complete(double sampled)
    {
        if (_outcomes.Count < 2)
        {
            throw new ExperimentException(
                $"Only {_outcomes.Count} customers of the audience came in the {experiment.PlannedDays} days before the last complete "
                + "window. State 'assumed', or widen the audience.");
        }

        var surrogate = experiment.Primary == Metric.ExpectedMargin ? Surrogate.Fit(_cohort) : null;
        var values = _outcomes.Select(o => Metrics.Of(experiment.Primary, o, store.Currency, surrogate)).ToArray();
        return (MetricHistory.Of(values, _firstDays, MetricHistory.LongestDays, sampled), surrogate);
    }

    // Those who were known a horizon ago, as if they had been exposed then.
    private void AddToCohort(CustomerTimeline customer)
    {
        var begin = today.AddDays(-1 - store.Horizon.Days);
        if (experiment.Primary != Metric.ExpectedMargin || customer.Events.IsEmpty || store.DayOf(customer.Events[0].At) >= begin
            || !IsInAudience(customer, begin))
        {
            return;
        }

        var midnight = begin.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var at = new DateTimeOffset(midnight, store.TimeZone.GetUtcOffset(midnight));
        var window = Measure(customer, at, begin.AddDays(experiment.MaturityDays));
        var whole = Measure(customer, at, begin.AddDays(store.Horizon.Days));
        _cohort.Add(new CohortUnit(
            (double)store.Currency.ToMajor(window.Margin), (double)store.Currency.ToMajor(window.PredictedMargin),
            (double)store.Currency.ToMajor(whole.Margin)));
    }

    private Outcome Measure(CustomerTimeline customer, DateTimeOffset at, DateOnly until) => OutcomeRule.Measure(
        new Exposure { Subject = "", Unit = customer.Id.ToText(), Customer = customer.Id, Arm = "", At = at, Until = until },
        customer, customer.Events.Length, model, market, store);

    private (DateTimeOffset At, DateOnly Day)? FirstOf(CustomerTimeline customer, DateOnly from, DateOnly to)
    {
        foreach (var e in customer.Events)
        {
            var day = store.DayOf(e.At);
            if (day > to)
            {
                return null;
            }

            if (day >= from && e is { IsStatement: false, IsFact: false })
            {
                return (e.At, day);
            }
        }

        return null;
    }

    private bool IsInAudience(CustomerTimeline customer, DateOnly day)
    {
        if (audience is null)
        {
            return true;
        }

        var summary = CustomerSummary.Of(customer.StateAt(day), store);
        var estimate = model.Estimate(summary, market, store, day, store.Horizon);
        return audience.Holds(new CustomerFacts(
            customer.Id, summary, Contribution.Of(0, 0, summary, estimate, store.MarginBasisPoints, market), day, store));
    }
}
