using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>
/// What people have reported of clocks, days and aliases, as it was sent: <c>fixtures/exports/track-*</c>. It is 18:00 UTC on 25 November
/// 2026.
/// </summary>
public sealed class ReportedCasesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clock_that_was_never_set_is_corrected()
    {
        var read = Track("track-clock-behind/event.json");
        Assert.Equal((Now.AddSeconds(-2), "clock_behind"), (read.Event.At, Assert.Single(read.Notes).Code));
    }

    [Fact]
    public void A_sentAt_of_the_year_9999_costs_no_right_time()
    {
        var read = Track("track-sentat-broken/event.json");
        var note = Assert.Single(read.Notes);
        Assert.Equal((new DateTimeOffset(2026, 11, 25, 17, 0, 0, TimeSpan.Zero), "time_ignored"), (read.Event.At, note.Code));
        Assert.StartsWith("sentAt is 9999-05-28", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_without_a_former_id_joins_the_visitor()
    {
        var read = Track("track-alias-without-previous/alias.json", "alias");
        Assert.Equal(Track("track-alias-without-previous/order.json").Subject, read.Visitor);
        Assert.Equal(CustomerId.OfUser(SameVerdictTests.Store.Id, "bruno"), read.Subject);
    }

    [Fact]
    public void A_day_is_that_day_in_New_York_through_every_door()
    {
        var noon = new DateTimeOffset(2026, 11, 1, 17, 0, 0, TimeSpan.Zero);
        Assert.Equal(noon, Track("track-date-only/event.json").Event.At);
        foreach (var (format, file) in new[] { ("events", "day.jsonl"), ("orders", "day.csv") })
        {
            using var opened = HistoryFile.Open(Data.Path("fixtures", "exports", "track-date-only", file));
            var row = Assert.Single(
                HistoryReaders.Find(format)!.Read(
                    opened.Lines, new HistoryContext { Store = SameVerdictTests.Store, Source = "import", Now = Now }));
            Assert.Equal(noon, row.Event!.At);
        }
    }

    private static ReadEvent Track(string file, string type = "track")
    {
        var batch = ReceivedBatch.Read(File.ReadAllBytes(Data.Path("fixtures", "exports", file)), type);
        return EventReader.Read(batch.Events[0], batch, SameVerdictTests.Store, "web", Now, () => "made");
    }
}
