using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Telemetry;

/// <summary>
/// All that the service measures, and the only place that names it: units and names are those of the OpenTelemetry semantic conventions.
/// Nothing is measured while nobody listens.
/// </summary>
public sealed class ClvTelemetry : ICommitObserver, IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "ClvOrleans";

    /// <summary>Counter: events that were judged, by <see cref="Outcome"/>.</summary>
    public const string Events = "clv.events";

    /// <summary>Counter: events that were refused, by <see cref="Code"/>.</summary>
    public const string Refusals = "clv.refusals";

    /// <summary>Histogram: how many writes shared a transaction.</summary>
    public const string CommitWrites = "clv.commit.writes";

    /// <summary>Histogram: time from the beginning of a transaction until it is durable.</summary>
    public const string CommitDuration = "clv.commit.duration";

    /// <summary>Histogram: time that one estimate of one customer takes, by <see cref="ModelFamily"/>.</summary>
    public const string EstimateDuration = "clv.estimate.duration";

    /// <summary>Counter: decisions of policies that were kept, by <see cref="DecisionOutcome"/> and <see cref="DecisionReason"/>.</summary>
    public const string Decisions = "clv.decisions";

    /// <summary>Counter: what became of deliveries and of attempts, by <see cref="Channel"/> and <see cref="DeliveryOutcome"/>.</summary>
    public const string Deliveries = "clv.deliveries";

    /// <summary>Histogram: how long an attempt to deliver took, by <see cref="Channel"/>.</summary>
    public const string DeliveryDuration = "clv.delivery.duration";

    /// <summary>Counter: old events of behaviour that were packed.</summary>
    public const string PackedEvents = "clv.events.packed";

    /// <summary>Activity: events that were sent together are recorded.</summary>
    public const string Record = "clv.record";

    /// <summary>Activity: a training, a backtest or a drift report runs.</summary>
    public const string Job = "clv.job";

    /// <summary>Attribute: what became of an event.</summary>
    public const string Outcome = "clv.event.outcome";

    /// <summary>Attribute: why an event was refused.</summary>
    public const string Code = "clv.refusal.code";

    /// <summary>Attribute: family of the model.</summary>
    public const string ModelFamily = "clv.model.family";

    /// <summary>Attribute: what was decided.</summary>
    public const string DecisionOutcome = "clv.decision.outcome";

    /// <summary>Attribute: why it was decided so.</summary>
    public const string DecisionReason = "clv.decision.reason";

    /// <summary>Attribute: the channel of a delivery.</summary>
    public const string Channel = "clv.delivery.channel";

    /// <summary>Attribute: <c>sent</c>, <c>retried</c>, <c>dead</c> or <c>cancelled</c>.</summary>
    public const string DeliveryOutcome = "clv.delivery.outcome";

    /// <summary>Attribute: number of events.</summary>
    public const string EventCount = "clv.event.count";

    /// <summary>Attribute: id of a job.</summary>
    public const string JobId = "clv.job.id";

    /// <summary>Value of <see cref="Outcome"/> for what is refused.</summary>
    public const string Refused = "refused";

    private readonly Counter<long> _events;
    private readonly Counter<long> _refusals;
    private readonly Histogram<int> _writes;
    private readonly Histogram<double> _commits;
    private readonly Histogram<double> _estimates;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _attempts;
    private readonly Counter<long> _packed;

    /// <summary>Makes the instruments; one a process.</summary>
    public ClvTelemetry()
    {
        _events = Meter.CreateCounter<long>(Events, "{event}", "Events that were judged, by outcome.");
        _refusals = Meter.CreateCounter<long>(Refusals, "{event}", "Events that were refused, by code.");
        _writes = Meter.CreateHistogram(
            CommitWrites, "{write}", "Writes that shared a transaction.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _commits = Meter.CreateHistogram(
            CommitDuration, "s", "Time until a transaction is durable.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5],
            });
        _estimates = Meter.CreateHistogram(
            EstimateDuration, "s", "Time that one estimate of one customer takes.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [.00001, .000025, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .1],
            });
        _decisions = Meter.CreateCounter<long>(Decisions, "{decision}", "Decisions of policies, by outcome and reason.");
        _deliveries = Meter.CreateCounter<long>(Deliveries, "{delivery}", "What became of deliveries, by channel and outcome.");
        _packed = Meter.CreateCounter<long>(PackedEvents, "{event}", "Old events of behaviour that were packed.");
        _attempts = Meter.CreateHistogram(
            DeliveryDuration, "s", "Time that an attempt to deliver takes.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30] });
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(Name);

    /// <summary>The activity source.</summary>
    public ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts events by what became of them.</summary>
    public void AddEvents(string outcome, int count) => _events.Add(count, new KeyValuePair<string, object?>(Outcome, outcome));

    /// <summary>Counts events that were packed.</summary>
    public void AddPacked(int count) => _packed.Add(count);

    /// <summary>Counts a refused event.</summary>
    public void AddRefusal(string code) => _refusals.Add(1, new KeyValuePair<string, object?>(Code, code));

    /// <summary>The moment at which an estimate begins; 0 while nobody listens.</summary>
    public long BeginEstimate() => _estimates.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>An estimate has been made.</summary>
    /// <param name="began">As <see cref="BeginEstimate"/> gave it.</param>
    /// <param name="family">Family of the model.</param>
    public void EndEstimate(long began, string family)
    {
        if (began != 0)
        {
            _estimates.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>(ModelFamily, family));
        }
    }

    /// <summary>Counts decisions that were kept.</summary>
    public void AddDecisions(IEnumerable<DecisionRecord> kept)
    {
        if (!_decisions.Enabled)
        {
            return;
        }

        foreach (var group in kept.GroupBy(d => (d.Decision.Outcome, d.Decision.Reason)))
        {
            _decisions.Add(
                group.Count(), new KeyValuePair<string, object?>(DecisionOutcome, group.Key.Outcome.ToString()),
                new KeyValuePair<string, object?>(DecisionReason, group.Key.Reason.ToString()));
        }
    }

    /// <summary>Counts what became of a delivery; one that is only put off until later is not counted.</summary>
    /// <param name="delivery">The delivery as it is kept now.</param>
    /// <param name="attempt">How long the attempt took; null where none was made.</param>
    public void AddDelivery(Delivery delivery, TimeSpan? attempt)
    {
        var channel = new KeyValuePair<string, object?>(Channel, delivery.Channel.Name());
        if (attempt is { } took)
        {
            _attempts.Record(took.TotalSeconds, channel);
        }

        var outcome = delivery.State switch
        {
            DeliveryState.Sent => "sent",
            DeliveryState.Dead => "dead",
            DeliveryState.Cancelled => "cancelled",
            _ => attempt is null ? null : "retried",
        };
        if (outcome is not null)
        {
            _deliveries.Add(1, channel, new KeyValuePair<string, object?>(DeliveryOutcome, outcome));
        }
    }

    /// <inheritdoc />
    public void OnCommitted(int writes, TimeSpan duration)
    {
        _writes.Record(writes);
        _commits.Record(duration.TotalSeconds);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Meter.Dispose();
        Activities.Dispose();
    }
}
