using System.Globalization;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Training.Fits;

/// <summary>Fits buy-till-you-die models to customers who may buy at any time.</summary>
public static class PurchaseFits
{
    /// <summary>Fits, and works out what follows.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="histories">The customers, in weeks.</param>
    /// <exception cref="Statistics.Fitting.FitException">The data do not carry the model; the message says why.</exception>
    public static FitView Of(FitRequest request, IReadOnlyCollection<PurchaseHistory> histories)
    {
        var (model, report) = LifetimeModels.Fit(request.Model, histories, request.Options);
        var force = Math.Log(1 + request.Rate);
        var groups = new ResidualGroups(request.Amount);
        foreach (var h in histories.CountBy(h => h with { LogGaps = 0 }))
        {
            groups.Add(
                h.Key.Repeats,
                h.Value,
                model.ProbabilityAlive(h.Key),
                model.ExpectedPurchases(h.Key, request.Horizon),
                model.DiscountedPurchases(h.Key, double.PositiveInfinity, force));
        }

        // Somebody who has bought again as often as the average of those who have, a week after the last time and later.
        var again = histories.Where(h => h.Repeats > 0).ToList();
        var (repeats, active) = (Math.Round(again.Average(h => h.Repeats)), again.Average(h => h.LastPurchase));
        var chosen = model.Parameters.Where(p => !report.Names.Contains(p.Key)).Select(p => new FitView.Parameter(p.Key, p.Value, 0));
        var view = FitView.Of(request, report);
        return view with
        {
            Data = string.Create(
                CultureInfo.InvariantCulture, $"{histories.Count:N0} customers with {histories.Sum(h => h.Repeats):N0} repeat purchases"),
            Parameters = [.. view.Parameters, .. chosen],
            Expected = FitView.Curve(request, t => model.ExpectedPurchasesOfNewCustomer(t)),
            SurvivalOf = string.Create(
                CultureInfo.InvariantCulture,
                $"P(alive) of a customer with {repeats:0} repeat purchases within {active:0.#} weeks, by weeks of silence since"),
            Survival = FitView.Curve(request, t => model.ProbabilityAlive(new PurchaseHistory(repeats, active, active + t))),
            ProbabilityOf = "P(alive)",
            Residual = groups.ToGroups(),
        };
    }
}
