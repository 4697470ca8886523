using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>A rating of a review.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Key">The event.</param>
/// <param name="Stars">The rating, in hundredths.</param>
public sealed record RatingGiven(DateTimeOffset At, EventKey Key, int Stars)
{
    /// <summary>The later of two; of two at one instant that of the greater event key.</summary>
    public static RatingGiven Last(RatingGiven? one, RatingGiven other) =>
        one is null || one.At < other.At || (one.At == other.At && one.Key < other.Key) ? other : one;
}
