using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Rolls the origin over series of demand. Each forecast sees what was sold before its origin and nothing else. Intervals are made of the
/// errors of earlier origins, by the square root of the forecast, over all series and of the same distance to the origin.
/// </summary>
public static class DemandBacktest
{
    private const int LeastErrors = 10;

    /// <summary>Judges methods.</summary>
    /// <param name="series">Units of each series by period, all equally long.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="origins">From where they forecast.</param>
    /// <exception cref="ArgumentException">The series are not equally long, or too short for one origin.</exception>
    public static IReadOnlyList<DemandScore> Run(
        IReadOnlyList<double[]> series, IReadOnlyList<IDemandMethod> methods, DemandOrigins origins)
    {
        var periods = series.Count == 0 ? 0 : series[0].Length;
        int[] seen = [.. origins.Of(periods)];
        if (seen.Length == 0 || series.Any(s => s.Length != periods))
        {
            throw new ArgumentException(
                $"series: {origins.First + origins.Horizon} periods are needed, of each as many; there are {periods}.", nameof(series));
        }

        return [.. methods.Select(m => Score(series, m, origins, seen))];
    }

    private static DemandScore Score(IReadOnlyList<double[]> series, IDemandMethod method, DemandOrigins origins, int[] seen)
    {
        var (actual, forecast) = (new List<double>(), new List<double>());
        var (totals, totalForecasts) = (new double[seen.Length * origins.Horizon], new double[seen.Length * origins.Horizon]);
        var (judged, low, high) = (new List<double>(), new List<double>(), new List<double>());
        var errors = Enumerable.Range(0, origins.Horizon).Select(_ => new List<double>()).ToArray();
        for (var o = 0; o < seen.Length; o++)
        {
            var origin = seen[o];
            var forecasts = new double[series.Count][];
            Parallel.For(0, series.Count, s => forecasts[s] = method.Forecast(series[s].AsSpan(0, origin), origins.Horizon));

            // An error is known when its period has passed, so those of a distance come from origins at least as far back.
            for (var h = 0; h < origins.Horizon; h++)
            {
                var known = Known(series, seen.AsSpan(0, o), errors[h], origin, h);
                for (var s = 0; s < series.Count; s++)
                {
                    var (value, expected) = (series[s][origin + h], forecasts[s][h]);
                    actual.Add(value);
                    forecast.Add(expected);
                    totals[(o * origins.Horizon) + h] += value;
                    totalForecasts[(o * origins.Horizon) + h] += expected;
                    if (known.Length >= LeastErrors)
                    {
                        judged.Add(value);
                        low.Add(Math.Max(0, expected + (SampleQuantile.Of(known, (1 - origins.Level) / 2) * Scale(expected))));
                        high.Add(Math.Max(0, expected + (SampleQuantile.Of(known, (1 + origins.Level) / 2) * Scale(expected))));
                    }

                    errors[h].Add((value - expected) / Scale(expected));
                }
            }
        }

        return new(
            method.Name,
            DemandMetrics.WeightedAbsolutePercentageError(Of(actual), Of(forecast)),
            DemandMetrics.WeightedAbsolutePercentageError(totals, totalForecasts),
            DemandMetrics.Coverage(Of(judged), Of(low), Of(high)),
            seen.Length);
    }

    private static double[] Known(
        IReadOnlyList<double[]> series, ReadOnlySpan<int> earlier, List<double> errors, int origin, int h)
    {
        var passed = 0;
        foreach (var o in earlier)
        {
            passed += o + h < origin ? 1 : 0;
        }

        double[] known = [.. errors.Take(passed * series.Count)];
        Array.Sort(known);
        return known;
    }

    private static double Scale(double expected) => Math.Sqrt(Math.Max(1, expected));

    private static ReadOnlySpan<double> Of(List<double> values) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values);
}
