using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// The surrogate index (Athey, Chetty, Imbens and Kang 2019, NBER 26463; for retention Yang, Eckles, Dhillon and Aral 2020, arXiv
/// 2010.15835): what the margin of a whole horizon is on average, given the margin of a short window and the margin that was predicted at
/// its end, y = a + b₁ · margin + b₂ · predicted, by least squares on customers whose horizon is over. The effect on the index is that on
/// the whole horizon if the treatment moves the horizon only by way of what window and prediction show, and if customers are still as they
/// were. A treatment that makes people buy earlier what they would have bought anyway breaks this, and looks better than it is.
/// </summary>
/// <param name="Intercept">a.</param>
/// <param name="OfMargin">b₁: what a unit of the window's margin is worth over the horizon.</param>
/// <param name="OfPrediction">b₂: what a unit of predicted margin turned out to be worth.</param>
/// <param name="MarginVariance">Variance of b₁, robust against unequal variances (HC1).</param>
/// <param name="PredictionVariance">Variance of b₂.</param>
/// <param name="Covariance">Their covariance.</param>
/// <param name="Customers">Customers of the cohort.</param>
/// <param name="Explained">Part of the variance of the complete margin that the index explains, 0 to 1.</param>
public sealed record Surrogate(
    double Intercept, double OfMargin, double OfPrediction, double MarginVariance, double PredictionVariance, double Covariance,
    long Customers, double Explained)
{
    /// <summary>The fewest customers of a complete cohort that an index is fitted to.</summary>
    public const int LeastCustomers = 200;

    /// <summary>The index of one unit.</summary>
    public double IndexOf(double margin, double predicted) => Intercept + (OfMargin * margin) + (OfPrediction * predicted);

    /// <summary>What the error of the calibration adds to the variance of a difference of index means.</summary>
    /// <param name="margin">Difference of the means of the margin.</param>
    /// <param name="predicted">Difference of the means of the prediction.</param>
    public double VarianceOf(double margin, double predicted) => (margin * margin * MarginVariance)
        + (2 * margin * predicted * Covariance) + (predicted * predicted * PredictionVariance);

    /// <summary>Fits the index.</summary>
    /// <param name="cohort">Customers whose horizon is over.</param>
    /// <exception cref="ExperimentException">
    /// There are too few, or their margins and predictions do not differ enough to be told apart.
    /// </exception>
    public static Surrogate Fit(IReadOnlyCollection<CohortUnit> cohort)
    {
        if (cohort.Count < LeastCustomers)
        {
            throw new ExperimentException(
                $"Only {cohort.Count} customers were known a whole horizon ago, and {LeastCustomers} are needed to calibrate an expected "
                + "margin. Choose the metric margin, or wait.");
        }

        var n = (double)cohort.Count;
        var (s, p, y) = (cohort.Average(c => c.Margin), cohort.Average(c => c.Predicted), cohort.Average(c => c.Complete));
        var (ss, pp, sp, sy, py, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var unit in cohort)
        {
            var (ds, dp, dy) = (unit.Margin - s, unit.Predicted - p, unit.Complete - y);
            (ss, pp, sp) = (ss + (ds * ds), pp + (dp * dp), sp + (ds * dp));
            (sy, py, yy) = (sy + (ds * dy), py + (dp * dy), yy + (dy * dy));
        }

        var determinant = (ss * pp) - (sp * sp);
        if (determinant <= 1e-9 * ss * pp || yy <= 0)
        {
            throw new ExperimentException(
                "Margins and predictions of the complete cohort do not differ enough to calibrate an expected margin. "
                + "Choose the metric margin.");
        }

        // (X'X)⁻¹ of the two centred regressors.
        var (i11, i12, i22) = (pp / determinant, -sp / determinant, ss / determinant);
        var (b1, b2) = ((i11 * sy) + (i12 * py), (i12 * sy) + (i22 * py));
        var (m11, m12, m22, left) = (0.0, 0.0, 0.0, 0.0);
        foreach (var unit in cohort)
        {
            var (ds, dp) = (unit.Margin - s, unit.Predicted - p);
            var error = unit.Complete - y - (b1 * ds) - (b2 * dp);
            var square = error * error;
            (m11, m12, m22, left) = (m11 + (square * ds * ds), m12 + (square * ds * dp), m22 + (square * dp * dp), left + square);
        }

        var scale = n / (n - 3);
        return new Surrogate(
            y - (b1 * s) - (b2 * p), b1, b2,
            scale * Sandwich(i11, i12, i11, i12), scale * Sandwich(i12, i22, i12, i22), scale * Sandwich(i11, i12, i12, i22),
            cohort.Count, Math.Max(0, 1 - (left / yy)));

        // (a, b) M (c, d)'
        double Sandwich(double a, double b, double c, double d) => (a * ((m11 * c) + (m12 * d))) + (b * ((m12 * c) + (m22 * d)));
    }
}
