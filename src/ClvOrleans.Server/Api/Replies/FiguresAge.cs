using ClvOrleans.Contracts;

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

    /// <summary>Estimates of an earlier day, model or market calendar than the present ones; they are being renewed.</summary>
    public required long Waiting { get; init; }

    public static FiguresAge Of(SegmentReport report, TimeProvider time) => new()
    {
        At = report.At,
        Seconds = Math.Round(Math.Max(0, (time.GetUtcNow() - report.At).TotalSeconds), 3),
        OldestEstimate = report.OldestEstimate,
        Waiting = report.Waiting,
    };
}
