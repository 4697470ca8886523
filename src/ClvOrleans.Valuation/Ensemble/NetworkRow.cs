using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>How networks read a customer: the series, then the prepared features.</summary>
/// <param name="Preprocessor">Prepares the features.</param>
/// <param name="Series">Which series.</param>
/// <param name="Length">Weeks, or steps at most.</param>
public sealed record NetworkRow(Preprocessor Preprocessor, SeriesKind Series = SeriesKind.None, int Length = 0)
{
    /// <summary>Numbers of the series; the first of <see cref="SeriesKind.Steps"/> says how many steps are filled.</summary>
    public int SeriesWidth => Series switch
    {
        SeriesKind.Weeks => Length * ActivitySeries.Channels.Length,
        SeriesKind.Steps => 1 + (Length * ActivitySeries.StepChannels.Length),
        _ => 0,
    };

    /// <summary>Numbers of a row.</summary>
    public int Width => SeriesWidth + Preprocessor.Width;

    /// <summary>Writes a customer's row.</summary>
    /// <param name="row">The customer.</param>
    /// <param name="numbers">Room for <see cref="Width"/> numbers.</param>
    public void Write(in FeatureRow row, Span<float> numbers)
    {
        WriteSeries(row, numbers[..SeriesWidth]);
        WriteFeatures(row.Features, numbers[SeriesWidth..]);
    }

    internal void WriteFeatures(ReadOnlySpan<double> features, Span<float> numbers)
    {
        Span<double> prepared = stackalloc double[Preprocessor.Width];
        Preprocessor.Apply(features, prepared);
        for (var j = 0; j < prepared.Length; j++)
        {
            numbers[j] = (float)prepared[j];
        }
    }

    private void WriteSeries(in FeatureRow row, Span<float> series)
    {
        if (Series == SeriesKind.Weeks)
        {
            ActivitySeries.WriteWeeks(row.Customer, row.AsOf, Length, series);
        }
        else if (Series == SeriesKind.Steps)
        {
            series[0] = ActivitySeries.WriteSteps(row.Customer, row.AsOf, series[1..]);
        }
    }
}
