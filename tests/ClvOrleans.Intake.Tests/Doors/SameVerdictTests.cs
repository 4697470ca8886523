using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The same order is the same order whichever door it comes through.</summary>
public sealed class SameVerdictTests
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    internal static readonly StoreSettings Store = new()
    {
        Id = new StoreId("shop"),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        Rates = ImmutableDictionary<string, decimal>.Empty.Add("EUR", 1.1m).Add("JPY", .0065m),
    };

    private static readonly IDoor[] Doors =
    [
        new TrackingDoor(numbers: false), new TrackingDoor(numbers: true), FileDoor.Events, FileDoor.Orders, FileDoor.Shopify,
        new ShopifyDoor(), new WooCommerceDoor(), new Ga4Door(numbers: false), new Ga4Door(numbers: true),
    ];

    [Fact]
    public void Every_odd_value_gets_the_same_verdict_at_every_door()
    {
        var wrong = new List<string>();
        foreach (var value in OddValues.All)
        {
            var judged = 0;
            foreach (var door in Doors.Where(d => d.CannotCarry(value) is null))
            {
                judged++;
                var verdict = VerdictOf(door, value);
                if (verdict != value.Verdict)
                {
                    wrong.Add($"{value.Field} '{value.Text}' through {door.Name}: {verdict} instead of {value.Verdict}");
                }
            }

            Assert.True(judged >= 2, $"{value.Field} '{value.Text}' has no two doors to compare.");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(OddValues.All.Count, 200, 400);
    }

    private static string VerdictOf(IDoor door, OddValue value)
    {
        try
        {
            var (customer, e, notes) = door.Judge(SentOrder.With(value.Field, value.Text));
            var read = value.Field switch
            {
                OrderField.Order => e.OrderId!,
                OrderField.Customer => customer.Canonical().Id,
                OrderField.Quantity => e.Products[0].Quantity.ToString(CultureInfo.InvariantCulture),
                OrderField.Time => e.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
                _ => e.Order!.Value!.Value.Minor.ToString(CultureInfo.InvariantCulture),
            };
            return notes.FirstOrDefault(n => n.Code != "time_clamped") is { } note ? $"left out: {note.Code}" : read;
        }
        catch (RefusedException e)
        {
            return e.Code;
        }
        catch (HistoryFormatException e)
        {
            return e.Message;
        }
    }
}
