using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Grains.Tests;

/// <summary>
/// A clock that stands still until it is advanced, and whose date can be put forward and back while the time that passes is not touched.
/// </summary>
public sealed class MovedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _moved;

    /// <summary>Puts the clock on the wall forward, or back.</summary>
    public void Move(TimeSpan by) => _moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    // The base reads it off the date.
    public override long GetTimestamp() => base.GetTimestamp() - _moved.Ticks;
}
