using System.Collections.Immutable;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Spend;

namespace ClvOrleans.Training;

/// <summary>Fits every family to a store's customers.</summary>
public static class ModelTrainer
{
    /// <summary>One version a family, the best by Schwarz's criterion first. The spend model is left out, and said to be, where too few have bought again.</summary>
    /// <param name="customers">Summaries of the buyers.</param>
    /// <param name="until">Last local day that may be seen.</param>
    /// <param name="trainedAt">Now.</param>
    /// <param name="number">Number of the training in the store; part of the versions' names.</param>
    /// <exception cref="FitException">No family could be fitted; the message says why.</exception>
    public static IReadOnlyList<ModelVersion> Train(
        IReadOnlyCollection<CustomerSummary> customers, DateOnly until, DateTimeOffset trainedAt, int number)
    {
        var histories = customers.Select(c => c.HistoryAt(until)).OfType<PurchaseHistory>().ToList();
        var spends = customers.Select(c => c.RepeatSpendAt(until)).Where(s => s.Count > 0).ToList();
        var paid = customers.SelectMany(c => c.PurchaseDays).Where(d => d.Day <= until && d.Net > Money.Zero).ToList();
        SpendFit? spend = null;
        try
        {
            spend = SpendModels.Fit(spends);
        }
        catch (FitException)
        {
            // The mean value of a purchase stands in; the version shows that it has no spend model.
        }

        var compressed = PurchaseHistories.Of(histories);
        var versions = new List<ModelVersion>();
        FitException? failure = null;
        foreach (var family in LifetimeModels.Families)
        {
            try
            {
                versions.Add(VersionOf(LifetimeModels.Fit(family, compressed)));
            }
            catch (FitException e)
            {
                failure = e;
            }
        }

        // All families saw the same data, so that the criterion compares them.
        return versions.Count == 0 ? throw failure! : [.. versions.OrderBy(v => v.Bic)];

        ModelVersion VersionOf(LifetimeFit fit) => new()
        {
            Id = $"{fit.Model.Family}-{number}",
            Family = fit.Model.Family,
            Parameters = fit.Model.Parameters,
            Fitted = fit.Report.Names,
            Covariance = fit.Report.Covariance,
            StandardErrors = fit.Report.Names.Zip(fit.Report.StandardErrors).ToImmutableSortedDictionary(p => p.First, p => p.Second),
            LogLikelihood = fit.Report.LogLikelihood,
            Bic = fit.Report.Bic,
            SpendParameters = spend?.Model.Parameters,
            SpendCovariance = spend?.Report.Covariance ?? [],
            SpendLogLikelihood = spend?.Report.LogLikelihood,
            MeanSpend = paid.Count == 0 ? 0 : paid.Average(d => (double)d.Net.Minor),
            Customers = histories.Count,
            DataUntil = until,
            TrainedAt = trainedAt,
        };
    }
}
