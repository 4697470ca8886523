using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>Goes along a customer's events in order of time and notes where the value moves.</summary>
internal sealed class EventPath
{
    private readonly IExplainedModel _model;
    private readonly MarketCalendar _market;
    private readonly StoreSettings _store;
    private readonly DateOnly _asOf;
    private readonly Horizon _horizon;
    private readonly CustomerState _state;
    private readonly Money _start;
    private readonly ImmutableArray<ValueStep>.Builder _moves = ImmutableArray.CreateBuilder<ValueStep>();
    private readonly List<CustomerEvent> _unread = [];
    private CustomerSummary _summary;
    private Estimate _estimate;

    /// <summary>Begins on the day of an event, with what was folded before it; on the last day where none follows.</summary>
    public EventPath(
        IExplainedModel model, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon, CustomerState before,
        CustomerEvent? first)
    {
        (_model, _market, _store, _asOf, _horizon, _state) = (model, market, store, asOf, horizon, before);
        _summary = CustomerSummary.Of(before, store);
        _estimate = EstimateOn(first is null ? asOf : DayOf(first));
        _start = _estimate.Value;
    }

    public void Take(CustomerEvent e)
    {
        _state.Apply(e, _store);
        if (!_model.Reads(e.Kind))
        {
            _unread.Add(e);
            return;
        }

        TellUnread();
        PassTime(DayOf(e));
        var (before, bought) = (_estimate, _summary);
        _summary = CustomerSummary.Of(_state, _store);
        _estimate = EstimateOn(before.AsOf);
        var sentence = ValueStepSentence.Of(
            e, before, _estimate, bought.PurchaseDays.Length, _summary.PurchaseDays.Length, _store.Currency);
        Add(ValueStepKind.Event, before.AsOf, before.AsOf, 1, before.Value, sentence, e);
    }

    public ValueAttribution Finish()
    {
        TellUnread();
        PassTime(_asOf);
        return new ValueAttribution(_start, _moves.ToImmutable(), _estimate.Value);
    }

    private void TellUnread()
    {
        if (_unread.Count > 0)
        {
            Add(
                ValueStepKind.Unread, DayOf(_unread[0]), DayOf(_unread[^1]), _unread.Count, _estimate.Value,
                ValueStepSentence.OfUnread(_unread));
            _unread.Clear();
        }
    }

    private void PassTime(DateOnly until)
    {
        var before = _estimate;
        if (before.AsOf == until)
        {
            return;
        }

        _estimate = EstimateOn(until);
        // Where nothing was expected, time takes nothing.
        if (before.Value != Money.Zero || _estimate.Value != Money.Zero)
        {
            var sentence = ValueStepSentence.OfTime(
                until.DayNumber - before.AsOf.DayNumber, _estimate.Value - before.Value, _store.Currency);
            Add(ValueStepKind.Time, before.AsOf, until, 0, before.Value, sentence);
        }
    }

    private void Add(ValueStepKind kind, DateOnly from, DateOnly to, int events, Money before, string sentence, CustomerEvent? e = null) =>
        _moves.Add(new ValueStep
        {
            Kind = kind,
            From = from,
            To = to,
            Event = e,
            Events = events,
            Before = before,
            After = _estimate.Value,
            Sentence = sentence,
        });

    private DateOnly DayOf(CustomerEvent e) => _store.DayOf(e.At) is var day && day < _asOf ? day : _asOf;

    private Estimate EstimateOn(DateOnly day) => _model.Estimate(_summary, _market, _store, day, _horizon);
}
