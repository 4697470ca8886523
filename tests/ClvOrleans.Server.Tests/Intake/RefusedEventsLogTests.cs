using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Intake;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>Refused events are seen in the log, and do not fill it.</summary>
public sealed class RefusedEventsLogTests
{
    private static readonly StoreId Shop = new("shop");
    private readonly List<string> _lines = [];

    [Fact]
    public void The_first_is_told_at_once_and_those_that_follow_once_a_minute_with_their_reasons()
    {
        var time = new FakeTimeProvider();
        using var log = new RefusedEventsLog(time, new Lines(_lines));
        log.Note(Shop, "web", ["missing_user_id"]);
        Assert.Equal(["Refused events of store shop, source web: 1 (missing_user_id 1). See /api/v1/dead-letters."], _lines);

        for (var i = 0; i < 1_000; i++)
        {
            log.Note(Shop, "web", ["missing_user_id", "invalid_money"]);
        }

        Assert.Single(_lines);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "Refused events of store shop, source web: 2000 (invalid_money 1000, missing_user_id 1000). See /api/v1/dead-letters.", _lines[1]);

        time.Advance(TimeSpan.FromMinutes(5));
        log.Note(Shop, "ios", ["invalid_type"]);
        Assert.Equal("Refused events of store shop, source ios: 1 (invalid_type 1). See /api/v1/dead-letters.", _lines[2]);
    }

    private sealed class Lines(List<string> lines) : ILogger<RefusedEventsLog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
