using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What was predicted of a group of buyers together, and what came of it.</summary>
internal sealed record PredictedTotalReply
{
    /// <summary>The model version.</summary>
    public required string Model { get; init; }

    /// <summary>total for all buyers, or a lifecycle.</summary>
    public required string Group { get; init; }

    /// <summary>The local day as of which it was predicted; the days after it are predicted.</summary>
    public required DateOnly MadeOn { get; init; }

    /// <summary>Last of the days predicted.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Number of days predicted.</summary>
    public required int Days { get; init; }

    /// <summary>Number of buyers.</summary>
    public required long Customers { get; init; }

    /// <summary>Their expected net spend.</summary>
    public required decimal Expected { get; init; }

    /// <summary>The central 80 % of what they spend together.</summary>
    public required SpendInterval Interval { get; init; }

    /// <summary>What they spent; null until the days have passed.</summary>
    public decimal? Actual { get; init; }

    /// <summary>Whether that was within the interval; null until the days have passed.</summary>
    public bool? IsHeld { get; init; }

    /// <summary>The probability of at most so much that the prediction gave, 0 to 1; null until the days have passed.</summary>
    public double? Place { get; init; }

    public static PredictedTotalReply Of(PredictedTotal total, Currency currency) => new()
    {
        Model = total.Model,
        Group = total.Group,
        MadeOn = total.MadeOn,
        Until = total.Until,
        Days = total.Days,
        Customers = total.Customers,
        Expected = currency.ToMajor(Money.Rounded(total.Expected)),
        Interval = SpendInterval.Of(
            new ValueInterval(Money.Rounded(total.Lower), Money.Rounded(total.Upper), PredictedTotal.Level), currency),
        Actual = total.Outcome is { } came ? currency.ToMajor(Money.Rounded(came.Actual)) : null,
        IsHeld = total.IsHeld,
        Place = total.Outcome?.Place,
    };
}
