using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Tests;

namespace ClvOrleans.Grains.Tests.Telemetry;

/// <summary>What the service measures of itself.</summary>
public sealed class ClvTelemetryTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    private ClvTelemetry[] OfSilos => [cluster.Service<ClvTelemetry>(0), cluster.Service<ClvTelemetry>(1)];

    [Fact]
    public void Instruments_have_their_names_and_the_units_of_the_semantic_conventions()
    {
        using var telemetry = new ClvTelemetry();
        var found = new List<(string, string?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter == telemetry.Meter)
                {
                    found.Add((instrument.Name, instrument.Unit));
                }
            },
        };
        listener.Start();
        Assert.Equal(("ClvOrleans", "ClvOrleans"), (telemetry.Meter.Name, telemetry.Activities.Name));
        Assert.Equal(
            [
                ("clv.commit.duration", "s"), ("clv.commit.writes", "{write}"), ("clv.decisions", "{decision}"),
                ("clv.deliveries", "{delivery}"), ("clv.delivery.duration", "s"), ("clv.estimate.duration", "s"), ("clv.events", "{event}"),
                ("clv.events.packed", "{event}"), ("clv.refusals", "{event}"),
            ],
            found.Order());
    }

    [Fact]
    public void A_commit_is_measured_by_its_size_and_its_seconds()
    {
        using var telemetry = new ClvTelemetry();
        using var measured = new Measured(telemetry);
        telemetry.OnCommitted(3, TimeSpan.FromMilliseconds(20));
        Assert.Equal([(null, 3.0)], measured.Of("clv.commit.writes"));
        Assert.Equal([(null, .02)], measured.Of("clv.commit.duration"));
    }

    [Fact]
    public async Task Events_are_counted_by_outcome_and_each_estimate_is_timed()
    {
        var anna = CustomerId.OfUser(_store, "anna");
        using var measured = new Measured(OfSilos);
        await cluster.Router().RecordAsync([Sent.Page(anna, "1"), Sent.Page(anna, "2")]);
        await cluster.Router().RecordAsync([Sent.Page(anna, "2"), Sent.Page(anna, "3")]);
        Assert.Equal([("recorded", 2.0), ("recorded", 1.0), ("duplicate", 1.0)], measured.Of("clv.events"));
        Assert.Empty(measured.Of("clv.refusals"));
        var estimates = measured.Of("clv.estimate.duration").ToArray();
        Assert.Equal(["pareto-nbd", "pareto-nbd"], estimates.Select(e => e.Tag));
        Assert.All(estimates, e => Assert.InRange(e.Value, double.Epsilon, 60));
    }

    [Fact]
    public async Task A_refused_event_is_counted_by_its_code()
    {
        var (most, crowd) = (new CustomerOptions().MostIdentities, CustomerId.OfUser(_store, "crowd"));
        using var measured = new Measured(OfSilos);
        await cluster.Router().RecordAsync(
            [.. Enumerable.Range(0, most + 1).Select(i => Sent.Identify(crowd, CustomerId.OfVisitor(_store, $"crowd{i}"), $"i{i}"))]);
        Assert.Equal([("recorded", (double)most), ("refused", 1.0)], measured.Of("clv.events"));
        Assert.Equal([("identity_limit", 1.0)], measured.Of("clv.refusals"));
    }

    [Fact]
    public async Task Recording_is_an_activity_with_the_number_of_its_events()
    {
        var seen = new List<(string, object?)>();
        var source = cluster.Service<ClvTelemetry>(0).Activities;
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s == source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => seen.Add((a.OperationName, a.GetTagItem("clv.event.count"))),
        };
        ActivitySource.AddActivityListener(listener);
        await cluster.Router().RecordAsync([Sent.Page(CustomerId.OfUser(_store, "cleo"), "1")]);
        Assert.Equal([("clv.record", 1)], seen);
    }
}
