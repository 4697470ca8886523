using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Model.Market;

namespace ClvOrleans.Model.Learned;

/// <summary>
/// The value of customers by one or several learned models: their scores are pooled, drawn to what came in the latest window that was learned
/// from, taken to the horizon as the buy-till-you-die model does, and set to a level. Pure and safe to call from many threads.
/// </summary>
public sealed record PooledValue
{
    private static readonly int Width = FeatureCatalogue.All.Length;

    /// <summary>Makes the features.</summary>
    public required FeatureMaker Features { get; init; }

    /// <summary>Days of the windows that were learned from.</summary>
    public required int WindowDays { get; init; }

    /// <summary>The models.</summary>
    public required ImmutableArray<Member> Members { get; init; }

    /// <summary>How they are pooled.</summary>
    public required Pool Pool { get; init; }

    /// <summary>What a score is worth within a window.</summary>
    public required RisingCurve Curve { get; init; }

    /// <summary>Values are multiplied by it.</summary>
    public required double Level { get; init; }

    /// <summary>The undiscounted value expected of a buyer within a horizon, in minor units: finite and at least 0.</summary>
    /// <param name="customer">The buyer, as of the day: nothing later may be folded into the summary.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far ahead.</param>
    public double Of(CustomerSummary customer, MarketFeatures market, DateOnly asOf, Horizon horizon)
    {
        Span<double> features = stackalloc double[Width];
        var window = new Horizon(WindowDays);
        Features.Write(customer, asOf, window, market, features);
        return Level * Curve.At(ScoreOf(new CustomerRow(features, customer, asOf))) * Ahead(customer, asOf, window, horizon);
    }

    private double ScoreOf(in CustomerRow row)
    {
        Span<double> said = stackalloc double[Members.Length];
        for (var m = 0; m < said.Length; m++)
        {
            said[m] = Members[m].Model.Predict(row);
        }

        return Pool.Score(said);
    }

    private double Ahead(CustomerSummary customer, DateOnly asOf, Horizon window, Horizon horizon)
    {
        if (window == horizon)
        {
            return 1;
        }

        var near = Features.Forecast(customer, asOf, window).Value;
        return near > 0 ? Features.Forecast(customer, asOf, horizon).Value / near : 1;
    }
}
