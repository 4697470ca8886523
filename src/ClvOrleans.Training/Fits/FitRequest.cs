using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Training.Fits;

/// <summary>What is fitted, and what is asked of the fit.</summary>
public sealed record FitRequest
{
    /// <summary>Family of the model, one of <see cref="FittedFamilies.Names"/>.</summary>
    public required string Model { get; init; }

    /// <summary>How many periods to look ahead: weeks, opportunities or renewals. At least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>Effective discount rate of a period, above 0.</summary>
    public required double Rate { get; init; }

    /// <summary>What a purchase or a renewal is worth. Default 1, so that residual values are numbers of purchases.</summary>
    public double Amount { get; init; } = 1;

    /// <summary>How to fit.</summary>
    public FitOptions Options { get; init; } = FitOptions.Default;
}
