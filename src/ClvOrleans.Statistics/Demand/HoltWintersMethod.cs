using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Holt and Winters' method (Winters 1960): level, trend and season smoothed, by the parameters that would have forecast each value best
/// from those before it. Forecasts below zero become zero. Fewer than two seasons are forecast by their smoothed level. A multiplicative
/// season of a series with zeros is added instead, since a share of nothing is nothing.
/// </summary>
/// <param name="Season">Periods of a season: 52 of weeks; at least 2.</param>
/// <param name="Seasonality">How the season acts.</param>
/// <param name="IsDamped">Whether the trend fades out (Gardner and McKenzie 1985).</param>
public sealed record HoltWintersMethod(int Season, Seasonality Seasonality = Seasonality.Additive, bool IsDamped = false) : IDemandMethod
{
    private const double LeastDamping = .8;
    private const double GreatestDamping = .98;
    private const int MostSteps = 500;

    /// <inheritdoc />
    public string Name => $"holt-winters-{Seasonality.ToString().ToLowerInvariant()}{(IsDamped ? "-damped" : "")}";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        ArgumentOutOfRangeException.ThrowIfLessThan(Season, 2);
        if (history.Length < 2 * Season)
        {
            return Smoothing.Flat(history.IsEmpty ? 0 : Smoothing.BestLevel(history), horizon);
        }

        return Forecast(history, horizon, Fit(history));
    }

    /// <summary>Forecasts by parameters that are given. The series has two seasons at least.</summary>
    public double[] Forecast(ReadOnlySpan<double> history, int horizon, HoltWintersParameters parameters)
    {
        var (state, _) = HoltWintersState.Run(history, Season, Multiplies(history), parameters);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            var units = state.After(history.Length + h, h + 1, parameters.Damping);
            forecast[h] = units > 0 && double.IsFinite(units) ? units : 0;
        }

        return forecast;
    }

    /// <summary>The parameters of the least sum of squared one-step errors. The series has two seasons at least.</summary>
    public HoltWintersParameters Fit(ReadOnlySpan<double> history)
    {
        var (values, multiplies) = (history.ToArray(), Multiplies(history));
        double[] start = IsDamped ? [-1, -3, -1, 0] : [-1, -3, -1];
        var best = (Error: double.PositiveInfinity, Parameters: Parameters(Vector<double>.Build.Dense(start)));
        var objective = ObjectiveFunction.Value(p =>
        {
            var parameters = Parameters(p);
            var error = Finite(HoltWintersState.Run(values, Season, multiplies, parameters).Error);
            best = error < best.Error ? (error, parameters) : best;
            return error;
        });
        try
        {
            new NelderMeadSimplex(1e-8, MostSteps).FindMinimum(objective, Vector<double>.Build.Dense(start));
        }
        catch (MaximumIterationsException)
        {
            // The best so far is good enough.
        }

        return best.Parameters;
    }

    internal bool Multiplies(ReadOnlySpan<double> history) => Seasonality == Seasonality.Multiplicative && !history.Contains(0);

    private static double Finite(double error) => double.IsFinite(error) ? error : double.MaxValue;

    private HoltWintersParameters Parameters(Vector<double> p) => new(
        Share(p[0]), Share(p[1]), Share(p[2]), IsDamped ? LeastDamping + ((GreatestDamping - LeastDamping) * Share(p[3])) : 1);

    // All numbers to the parameters' range.
    private static double Share(double x) => 1 / (1 + Math.Exp(-x));
}
