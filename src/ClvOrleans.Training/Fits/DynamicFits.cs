using System.Globalization;
using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Training.Fits;

/// <summary>Fits Pareto/NBD with covariates that change over time to customers who may buy at any time.</summary>
public static class DynamicFits
{
    /// <summary>Fits, and works out what follows with the covariates that the calendar foresees.</summary>
    /// <param name="request">What is asked; the model must be <c>pareto-nbd</c>.</param>
    /// <param name="customers">Days of purchase of each customer, rising and distinct, none after the end.</param>
    /// <param name="end">Last day of the data.</param>
    /// <param name="calendar">The covariates.</param>
    /// <exception cref="FitException">The data do not carry the model; the message says why.</exception>
    public static FitView Of(FitRequest request, IReadOnlyList<IReadOnlyList<DateOnly>> customers, DateOnly end, CovariateCalendar calendar)
    {
        DynamicHistory[] histories = [.. customers.Select(c => calendar.HistoryOf(c, end))];
        var (model, report) = DynamicCovariateModels.Fit(histories, calendar.Names, request.Options);
        var plain = LifetimeModels.Fit(request.Model, histories.Select(h => h.Static), request.Options with { Intervals = null }).Report;
        var force = Math.Log(1 + request.Rate);
        var groups = new ResidualGroups(request.Amount);
        foreach (var h in histories)
        {
            groups.Add(
                h.Repeats.Length,
                1,
                model.ProbabilityAlive(h),
                model.ExpectedPurchases(h, request.Horizon),
                model.DiscountedPurchases(h, double.PositiveInfinity, force));
        }

        var starter = calendar.HistoryOf([end], end);
        return FitView.Of(request, report) with
        {
            Data = string.Create(
                CultureInfo.InvariantCulture,
                $"{histories.Length:N0} customers with {histories.Sum(h => h.Repeats.Length):N0} repeat purchases, "
                + $"{calendar.Days.Length:N0} steps of covariates; 2 Δ ln L against none "
                + $"{2 * (report.LogLikelihood - plain.LogLikelihood):0.0} for {2 * calendar.Names.Length} effects"),
            Expected = FitView.Curve(request, t => model.ExpectedPurchases(starter, t)),
            SurvivalOf = "P(alive) of a customer who buys once, on the last day, and is then silent",
            Survival = FitView.Curve(request, t => model.ProbabilityAlive(starter with { Observed = t })),
            ProbabilityOf = "P(alive)",
            Residual = groups.ToGroups(),
        };
    }
}
