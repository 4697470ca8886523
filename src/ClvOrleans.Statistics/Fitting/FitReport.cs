using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>What a fit found, and how far it may be trusted.</summary>
public sealed record FitReport
{
    /// <summary>Names of the fitted parameters, in the order of the lists below.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Their values.</summary>
    public required ImmutableArray<double> Parameters { get; init; }

    /// <summary>
    /// Covariance, row by row, of what was fitted: the logarithm of a positive parameter, a covariate's effect as it is. The inverse of
    /// the observed information, the prior's included.
    /// </summary>
    public required ImmutableArray<double> Covariance { get; init; }

    /// <summary>Standard errors of the parameters themselves, by the delta method.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>ln L at the parameters, the prior not included.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of customers, counted with their weights.</summary>
    public required double Customers { get; init; }

    /// <summary>Newton steps taken, over the sample and the whole.</summary>
    public required int Iterations { get; init; }

    /// <summary>Largest absolute derivative of what was maximised, by the logarithm of a parameter, at the end.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>What another Newton step could still gain in ln L: below 10^-8, or where rounding allows no better below 10^-5.</summary>
    public required double PossibleGain { get; init; }

    /// <summary>Parameters that were chosen over a grid and cost a degree of freedom, such as the k of CNBD-k.</summary>
    public int ChosenParameters { get; init; }

    /// <summary>Intervals of the parameters, in their order; none where <see cref="FitOptions.Intervals"/> did not ask.</summary>
    public ImmutableArray<ParameterIntervals> Intervals { get; init; } = [];

    /// <summary>How many of the resamples had no optimum and are not in <see cref="ParameterIntervals.Bootstrap"/>.</summary>
    public int FailedResamples { get; init; }

    /// <summary>Akaike's criterion, 2 d - 2 ln L; lower is better, on the same data only.</summary>
    public double Aic => (2 * Freedom) - (2 * LogLikelihood);

    /// <summary>Schwarz's criterion, d ln n - 2 ln L; lower is better, on the same data only.</summary>
    public double Bic => (Freedom * Math.Log(Customers)) - (2 * LogLikelihood);

    /// <summary>How many of the parameters, the first, are those of the model without its covariates.</summary>
    internal int BaselineSize { get; init; } = 4;

    /// <summary>The parameters of the model without its covariates, with their part of the covariance.</summary>
    public (ImmutableArray<string> Names, ImmutableArray<double> Covariance) Baseline
    {
        get
        {
            var (size, kept) = (Names.Length, Math.Min(Names.Length, BaselineSize));
            return (Names[..kept], [.. Covariance.Where((_, i) => i / size < kept && i % size < kept)]);
        }
    }

    private int Freedom => Names.Length + ChosenParameters;

    /// <summary>With intervals that were found in the space of the fit.</summary>
    internal FitReport With(
        (ImmutableArray<(ParameterInterval Delta, ParameterInterval Profile, ParameterInterval Bootstrap)> All, int Failed) found,
        int positive) =>
        this with
        {
            FailedResamples = found.Failed,
            Intervals =
            [
                .. found.All.Select((f, i) => i < positive
                    ? new ParameterIntervals(Names[i], Exp(f.Delta), Exp(f.Profile), Exp(f.Bootstrap))
                    : new ParameterIntervals(Names[i], f.Delta, f.Profile, f.Bootstrap)),
            ],
        };

    /// <summary>With a parameter in another unit.</summary>
    internal FitReport InUnit(int parameter, double unit) => this with
    {
        Parameters = Parameters.SetItem(parameter, Parameters[parameter] * unit),
        StandardErrors = StandardErrors.SetItem(parameter, StandardErrors[parameter] * unit),
        Intervals = Intervals.IsEmpty ? Intervals : Intervals.SetItem(parameter, new ParameterIntervals(
            Names[parameter],
            Times(Intervals[parameter].Delta, unit),
            Times(Intervals[parameter].Profile, unit),
            Times(Intervals[parameter].Bootstrap, unit))),
    };

    private static ParameterInterval Exp(ParameterInterval i) => new(Math.Exp(i.Lower), Math.Exp(i.Upper));

    private static ParameterInterval Times(ParameterInterval i, double unit) => new(i.Lower * unit, i.Upper * unit);
}
