using System.Collections.Immutable;
using System.Text;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

/// <summary>What becomes of JSON that a client sends at noon.</summary>
internal static class Sent
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly StoreSettings Store = new()
    {
        Id = new StoreId("shop"),
        Rates = ImmutableDictionary<string, decimal>.Empty.Add("JPY", .0065m).Add("BHD", 2.65m),
    };

    public static ReadEvent Read(string json, string batch = "", string? currency = null)
    {
        var received = ReceivedBatch.Read(Encoding.UTF8.GetBytes($$"""{"batch":[{{json}}]{{batch}}}"""), null);
        var store = currency is null ? Store : Store with { Currency = Currency.Of(currency) };
        return EventReader.Read(received.Events[0], received, store, "web", Noon, () => "made");
    }

    public static ReadEvent Track(string name, string properties, string? currency = null) =>
        Read($$"""{"type":"track","event":"{{name}}","userId":"u","properties":{{properties}}}""", currency: currency);

    public static RefusedException Refused(string json) => Assert.Throws<RefusedException>(() => Read(json));

    public static RefusedException RefusedTrack(string name, string properties) =>
        Assert.Throws<RefusedException>(() => Track(name, properties));
}
