using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClvOrleans.Storage;

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
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5] });
        _estimates = Meter.CreateHistogram(
            EstimateDuration, "s", "Time that one estimate of one customer takes.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.00001, .000025, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .1] });
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(Name);

    /// <summary>The activity source.</summary>
    public ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts events by what became of them.</summary>
    public void AddEvents(string outcome, int count) => _events.Add(count, new KeyValuePair<string, object?>(Outcome, outcome));

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
