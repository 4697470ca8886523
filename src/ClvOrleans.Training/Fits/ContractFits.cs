using System.Globalization;
using ClvOrleans.Statistics.Subscriptions;

namespace ClvOrleans.Training.Fits;

/// <summary>Fits sBG and the beta-discrete-Weibull to contracts that come up for renewal.</summary>
public static class ContractFits
{
    /// <summary>Fits, and works out what follows. The residual value is that just before the next decision.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="contracts">Histories, and how many contracts have each.</param>
    /// <exception cref="Statistics.Fitting.FitException">The data do not carry the model; the message says why.</exception>
    public static FitView Of(FitRequest request, IReadOnlyCollection<(ContractHistory History, double Contracts)> contracts)
    {
        var compressed = ContractHistories.Of(contracts.Select(c => c.History), [.. contracts.Select(c => c.Contracts)]);
        var (model, report) = ContractModels.Fit(request.Model, compressed, request.Options);
        var groups = new ResidualGroups(request.Amount);
        foreach (var (renewals, count) in contracts.Where(c => !c.History.Ended).GroupBy(c => c.History.Renewals)
            .Select(g => (g.Key, g.Sum(c => c.Contracts))))
        {
            groups.Add(
                renewals,
                count,
                model.RetentionRate(renewals + 1),
                Enumerable.Range(1, request.Horizon).Sum(t => model.Survival(t, renewals)),
                model.DiscountedResidualLifetime(renewals, request.Rate));
        }

        var expected = 0.0;
        return FitView.Of(request, report) with
        {
            Data = string.Create(
                CultureInfo.InvariantCulture,
                $"{compressed.Contracts:N0} contracts with a decision, {compressed.Renewals:N0} renewals, {compressed.Endings:N0} ended"),
            Expected = FitView.Curve(request, t => expected += t == 0 ? 0 : model.Survival(t)),
            SurvivalOf = "Share of new contracts that are renewed at least so many times",
            Survival = FitView.Curve(request, t => model.Survival(t)),
            ProbabilityOf = "P(is renewed next)",
            Residual = groups.ToGroups(),
        };
    }
}
