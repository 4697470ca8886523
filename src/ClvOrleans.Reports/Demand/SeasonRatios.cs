namespace ClvOrleans.Reports.Demand;

/// <summary>
/// How the coming weeks stood a year ago: over the weeks before them, for forecasts that continue the recent weeks, and over their whole
/// year, for those that know no season. 1 where a year ago is not known.
/// </summary>
internal static class SeasonRatios
{
    /// <summary>Weeks of a year: as many days as leave the day of the week as it is.</summary>
    public const int Year = 52;

    private const double Least = .3;

    // Of fewer weeks a mean says nothing.
    private const int LeastWeeks = 4;

    /// <summary>Whether a year ago is known.</summary>
    public static bool IsKnown(double[] total) => total.Length >= Year + LeastWeeks;

    /// <summary>Over the weeks just before the same day a year ago.</summary>
    public static double[] Recent(double[] total, int weeks, int horizon) =>
        Of(total, horizon, total.Length - Year - weeks, total.Length - Year);

    /// <summary>Over the last year.</summary>
    public static double[] Yearly(double[] total, int horizon) =>
        total.Length < Year ? Of(total, horizon, 0, 0) : Of(total, horizon, total.Length - Year, total.Length);

    private static double[] Of(double[] total, int horizon, int from, int until)
    {
        var ratios = new double[horizon];
        from = Math.Max(0, from);
        var mean = until - from < LeastWeeks ? 0 : total[from..until].Average();
        for (var h = 0; h < horizon; h++)
        {
            var week = total.Length - Year + (h % Year);
            ratios[h] = mean > 0 ? Math.Clamp(Around(total, week) / mean, Least, 1 / Least) : 1;
        }

        return ratios;
    }

    // A week and its neighbours: which of them a busy day fell into does not come again.
    private static double Around(double[] total, int week) =>
        total[Math.Max(0, week - 1)..Math.Min(total.Length, week + 2)].Average();
}
