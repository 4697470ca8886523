using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Grains.Tests;

/// <summary>
/// A clock that stands still until it is advanced, and whose date can be put forward and back while the time that passes is not touched.
/// </summary>
public sealed class MovedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Awake = TimeSpan.FromMinutes(2);
    private TimeSpan _moved;

    /// <summary>Puts the clock on the wall forward, or back.</summary>
    public void Move(TimeSpan by) => _moved += by;

    /// <summary>Lets days pass: every timer comes due, but not once for each of its periods, of which there would be millions.</summary>
    public void Skip(TimeSpan by)
    {
        Move(by - Awake);
        Advance(Awake);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    // The base reads it off the date.
    public override long GetTimestamp() => base.GetTimestamp() - _moved.Ticks;
}
