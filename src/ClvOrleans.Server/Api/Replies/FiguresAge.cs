using ClvOrleans.Contracts.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How old the figures of a report are.</summary>
internal sealed record FiguresAge
{
    /// <summary>When the segments were added up: every event acknowledged before is in.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Seconds since then.</summary>
    public required double Seconds { get; init; }

    /// <summary>Local day of the oldest estimate, silent customers included.</summary>
    public required DateOnly OldestEstimate { get; init; }

    /// <summary>Number of stale estimates: those of an earlier day, model or market calendar. They are being refreshed.</summary>
    public required long Waiting { get; init; }

    /// <summary>
    /// Those of the waiting that a model failed on, as the log says; they are tried again with the next day, model or market calendar.
    /// </summary>
    public required long Failed { get; init; }

    public static FiguresAge Of(SegmentReport report) => new()
    {
        At = report.At,
        Seconds = Math.Round(report.Age.TotalSeconds, 3),
        OldestEstimate = report.OldestEstimate,
        Waiting = report.Waiting,
        Failed = report.Failed,
    };
}
