using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>Days by which the next purchase comes; null where the customer more likely never buys again.</summary>
internal sealed record NextOrderDays
{
    /// <summary>It comes by this day with a probability of 10 %.</summary>
    public DateOnly? Early { get; init; }

    /// <summary>With 50 %.</summary>
    public DateOnly? Median { get; init; }

    /// <summary>With 90 %.</summary>
    public DateOnly? Late { get; init; }

    public static NextOrderDays? Of(NextOrder? next, DateOnly asOf)
    {
        return next is null ? null : new NextOrderDays { Early = On(next.Early), Median = On(next.Median), Late = On(next.Late) };

        DateOnly? On(double? days) => days is { } d ? asOf.AddDays((int)Math.Ceiling(d)) : null;
    }
}
