namespace ClvOrleans.Grains;

/// <summary>
/// A clock that nobody can put back or forward: the time of its start, and what has passed since by the monotonic clock. For whatever
/// measures ages by the date; the date itself is that of the clock on the wall.
/// </summary>
/// <param name="source">Gives the start, the monotonic clock and the timers.</param>
public sealed class SteadyTimeProvider(TimeProvider source) : TimeProvider
{
    private readonly DateTimeOffset _start = source.GetUtcNow();
    private readonly long _startedAt = source.GetTimestamp();

    /// <inheritdoc />
    public override long TimestampFrequency => source.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => source.LocalTimeZone;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + source.GetElapsedTime(_startedAt);

    /// <inheritdoc />
    public override long GetTimestamp() => source.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        source.CreateTimer(callback, state, dueTime, period);
}
