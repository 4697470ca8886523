using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>Lines without ids of their own are known again by what stands on them.</summary>
public sealed class RepeatedImportTests
{
    private const string Play = """{"type":"track","event":"Play","userId":"a"}""";
    private const string Stop = """{"type":"track","event":"Stop","userId":"a"}""";

    [Theory]
    [InlineData("events", "", Play, Stop)]
    [InlineData("orders", "customer_id,timestamp,total\n", "a,2024-01-02,5", "b,2024-01-02,5")]
    [InlineData("cdnow", "", "00001 19970101 1 11.77", "00002 19970101 1 11.77")]
    public void Equal_lines_are_different_events_and_stay_the_same_ones_in_another_or_longer_file(
        string format, string header, string one, string other)
    {
        var first = Keys(format, header + string.Join('\n', one, one, other));
        var grown = Keys(format, header + string.Join('\n', other, one, one, one));

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, Keys(format, header + string.Join('\n', one, one, other)));
        Assert.Equal([first[2], first[0], first[1]], grown[..3]);
        Assert.DoesNotContain(grown[3], first);
    }

    [Fact]
    public void An_event_keeps_its_own_message_id_and_identities()
    {
        var row = Assert.Single(Data.Read("events", """{"type":"track","event":"Play","userId":"a","anonymousId":"v","messageId":"m1"}"""));
        Assert.Equal(("m1", "a", "v"), (row.Event!.MessageId, row.Customer.Id, row.Visitor!.Value.Id));
    }

    [Fact]
    public void An_archive_s_clocks_are_those_of_its_time()
    {
        var row = Assert.Single(Data.Read(
            "events",
            """{"type":"track","event":"Play","userId":"a","originalTimestamp":"2024-01-02T10:00:00Z","sentAt":"2024-01-02T10:00:05Z"}"""));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 10, 0, 0, TimeSpan.Zero), row.Event!.At);
    }

    [Fact]
    public void Lines_that_are_no_events_are_refused_by_number()
    {
        var rows = Data.Read(
            "events",
            "{\"type\":\n\n" + Play
                + "\n[1]\n{\"type\":\"track\",\"event\":\"Play\",\"userId\":\"guest\"}\n{\"type\":\"track\",\"event\":\"Play\",\"userId\":\"\uFFFD\"}");
        Assert.Equal(
            [(1L, "invalid_json"), (4L, "invalid_event"), (5L, "placeholder_user_id"), (6L, "invalid_id")],
            rows.Where(r => r.Refusal is not null).Select(r => (r.Refusal!.Line, r.Refusal.Code)));
        Assert.Equal(5, rows.Sum(r => r.Lines.Count));
    }

    private static List<string> Keys(string format, string text) => [.. Data.Read(format, text).Select(r => r.Event!.MessageId)];
}
