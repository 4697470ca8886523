using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Training.Fits;

/// <summary>A fit as it is printed: parameters with their errors, and what follows from them.</summary>
public sealed record FitView
{
    /// <summary>How it is written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Family of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Unit of time: week, opportunity or renewal.</summary>
    public required string Unit { get; init; }

    /// <summary>What the data are, in words: the number of customers and of their purchases.</summary>
    public string Data { get; init; } = "";

    /// <summary>The parameters, in the order of the literature.</summary>
    public required ImmutableArray<Parameter> Parameters { get; init; }

    /// <summary>Confidence level of <see cref="Parameter.Intervals"/>; null where none were asked for.</summary>
    public double? IntervalLevel { get; init; }

    /// <summary>How many resamples had no optimum and are not in the bootstrap's intervals.</summary>
    public int FailedResamples { get; init; }

    /// <summary>ln L at the parameters.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Akaike's information criterion.</summary>
    public required double Aic { get; init; }

    /// <summary>Bayesian information criterion.</summary>
    public required double Bic { get; init; }

    /// <summary>How many periods ahead <see cref="Residual"/> looks.</summary>
    public required int Horizon { get; init; }

    /// <summary>Effective discount rate of a period.</summary>
    public required double Rate { get; init; }

    /// <summary>What a purchase or a renewal is worth.</summary>
    public required double Amount { get; init; }

    /// <summary>Expected purchases or renewals of a new customer up to each period.</summary>
    public ImmutableArray<Point> Expected { get; init; } = [];

    /// <summary>What <see cref="Survival"/> is the probability of.</summary>
    public string SurvivalOf { get; init; } = "";

    /// <summary>A probability by period, from 1 down.</summary>
    public ImmutableArray<Point> Survival { get; init; } = [];

    /// <summary>What <see cref="Group.Probability"/> is the probability of.</summary>
    public string ProbabilityOf { get; init; } = "";

    /// <summary>The customers by their number of purchases or renewals, and what is still to come of them.</summary>
    public ImmutableArray<Group> Residual { get; init; } = [];

    /// <summary>All of <see cref="Residual"/>: their sum, and the mean probability.</summary>
    public Group Total => new(
        "all",
        Residual.Sum(g => g.Customers),
        Mean(g => g.Probability),
        Mean(g => g.Expected),
        Mean(g => g.Discounted),
        Mean(g => g.Value));

    private static Intervals IntervalsOf(ParameterIntervals found) =>
        new(RangeOf(found.Delta), RangeOf(found.Profile), RangeOf(found.Bootstrap));

    private static Range RangeOf(ParameterInterval i) =>
        new(double.IsFinite(i.Lower) ? i.Lower : null, double.IsFinite(i.Upper) ? i.Upper : null);

    private double Mean(Func<Group, double> of) =>
        Residual.Sum(g => of(g) * g.Customers) / Math.Max(double.Epsilon, Residual.Sum(g => g.Customers));

    /// <summary>What all kinds of models tell of a fit; what the data are and what follows from it each tells itself.</summary>
    internal static FitView Of(FitRequest request, FitReport report) => new()
    {
        Model = request.Model,
        Unit = FittedFamilies.UnitOf(request.Model),
        Parameters =
        [
            .. report.Names.Select((n, i) => new Parameter(n, report.Parameters[i], report.StandardErrors[i])
            {
                Intervals = report.Intervals.IsEmpty ? null : IntervalsOf(report.Intervals[i]),
            }),
        ],
        IntervalLevel = report.Intervals.IsEmpty ? null : request.Options.Intervals?.Level,
        FailedResamples = report.FailedResamples,
        LogLikelihood = report.LogLikelihood,
        Aic = report.Aic,
        Bic = report.Bic,
        Horizon = request.Horizon,
        Rate = request.Rate,
        Amount = request.Amount,
    };

    /// <summary>A curve from the beginning to the request's horizon.</summary>
    internal static ImmutableArray<Point> Curve(FitRequest request, Func<int, double> value) =>
        [.. Enumerable.Range(0, request.Horizon + 1).Select(t => new Point(t, value(t)))];

    /// <summary>A fitted parameter.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="StandardError">Standard error of the value; 0 for one that was chosen over a grid.</param>
    public sealed record Parameter(string Name, double Value, double StandardError)
    {
        /// <summary>Confidence intervals; null where none were asked for.</summary>
        public Intervals? Intervals { get; init; }
    }

    /// <summary>Confidence intervals of a parameter by method.</summary>
    /// <param name="Delta">From the standard error, symmetric in the logarithm.</param>
    /// <param name="Profile">From the profile of the likelihood.</param>
    /// <param name="Bootstrap">From resampled customers.</param>
    public sealed record Intervals(Range Delta, Range Profile, Range Bootstrap);

    /// <summary>An interval.</summary>
    /// <param name="Lower">Lower end; null where the data set none.</param>
    /// <param name="Upper">Upper end; null where the data set none.</param>
    public sealed record Range(double? Lower, double? Upper);

    /// <summary>A value by period.</summary>
    /// <param name="Period">Number of the period; 0 is the beginning.</param>
    /// <param name="Value">The value.</param>
    public sealed record Point(int Period, double Value);

    /// <summary>Customers with one number of purchases or renewals; the figures are those of a customer, on average.</summary>
    /// <param name="Name">The number, or "10+".</param>
    /// <param name="Customers">How many there are.</param>
    /// <param name="Probability">What <see cref="ProbabilityOf"/> says.</param>
    /// <param name="Expected">Expected purchases or renewals within the horizon.</param>
    /// <param name="Discounted">Expected purchases or renewals for ever, discounted: DERT or DERL.</param>
    /// <param name="Value">What these are worth: the expected residual value.</param>
    public sealed record Group(string Name, double Customers, double Probability, double Expected, double Discounted, double Value);
}
