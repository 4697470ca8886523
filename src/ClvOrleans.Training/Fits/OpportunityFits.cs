using System.Globalization;
using ClvOrleans.Statistics.Discrete;

namespace ClvOrleans.Training.Fits;

/// <summary>Fits BG/BB to customers who may buy at given opportunities.</summary>
public static class OpportunityFits
{
    /// <summary>Fits, and works out what follows.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="customers">Histories, and how many customers have each.</param>
    /// <exception cref="Statistics.Fitting.FitException">The data do not carry the model; the message says why.</exception>
    public static FitView Of(FitRequest request, IReadOnlyCollection<(OpportunityHistory History, double Customers)> customers)
    {
        var compressed = OpportunityHistories.Of(customers.Select(c => c.History), [.. customers.Select(c => c.Customers)]);
        var (model, report) = DiscreteModels.Fit(compressed, request.Options);
        var groups = new ResidualGroups(request.Amount);
        foreach (var (h, count) in customers.GroupBy(c => c.History).Select(g => (g.Key, g.Sum(c => c.Customers))))
        {
            groups.Add(
                h.Transactions,
                count,
                model.ProbabilityAlive(h),
                model.ExpectedTransactions(h, request.Horizon),
                model.DiscountedTransactions(h, request.Rate));
        }

        return FitView.Of(request, report) with
        {
            Data = string.Create(
                CultureInfo.InvariantCulture,
                $"{compressed.Customers:N0} customers who "
                    + $"took {compressed.Transactions:N0} of {compressed.Opportunities:N0} opportunities"),
            Expected = FitView.Curve(request, t => model.ExpectedTransactions(default, t)),
            SurvivalOf = "P(alive) of a new customer at each opportunity",
            Survival = FitView.Curve(request, t => model.ProbabilityAlive(default, t)),
            ProbabilityOf = "P(alive at the next opportunity)",
            Residual = groups.ToGroups(),
        };
    }
}
