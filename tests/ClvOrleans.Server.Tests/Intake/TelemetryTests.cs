using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>What the service measures before an event has a customer.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Events_that_no_rule_lets_in_are_counted_by_their_code()
    {
        using var telemetry = new ClvTelemetry();
        using var measured = new Measured(telemetry);
        using var log = new RefusedEventsLog(TimeProvider.System, NullLogger<RefusedEventsLog>.Instance);
        var store = new OneStore(new StoreSettings { Id = new StoreId("shop") }, new Dictionary<string, string>(), []);
        var router = new EventRouter(
            null!, null!, null!, Options.Create(new CustomerOptions()), null!, null!, telemetry, NullLogger<EventRouter>.Instance);
        var intake = new TrackingIntake(
            store, router, null!, log, new SourceLedger(store, null!, TimeProvider.System), null!, telemetry, TimeProvider.System);
        var batch = ReceivedBatch.Read(
            """{"batch":[{"type":"nonsense","userId":"anna"},{"type":"track","event":"Product Viewed"},{"type":"nonsense","userId":"bea"}]}"""u8.ToArray(), null);

        var codes = (await intake.AcceptAsync(batch, "web", default, keepRefused: false)).Quarantined.Select(r => (object?)r.Code);
        Assert.Equal([("refused", 3.0)], measured.Of("clv.events"));
        Assert.Equal(codes.Select(c => (c, 1.0)), measured.Of("clv.refusals"));
        Assert.Equal(2, codes.Distinct().Count());
    }
}
