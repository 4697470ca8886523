using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>Fits every family to a store's customers.</summary>
public static class ModelTrainer
{
    // Families whose formulas hold as they are on the market's clock.
    private static readonly string[] FollowTheMarket = ["bg-nbd", "mbg-nbd"];

    // The rest is left to clv fit and backtests: on CDNOW and Online Retail II it ranked as Pareto/NBD does, in many times the time.
    private static readonly string[] OnlyByName = ["ggom-nbd"];

    /// <summary>
    /// Whom families are fitted to: everyone who has bought, also for nothing. Whom they are judged by is <see
    /// cref="StoreHistory.Buyers"/>.
    /// </summary>
    public static IReadOnlyCollection<CustomerSummary> CustomersOf(StoreHistory past) =>
        [.. past.Customers.Select(c => c.Summary).Where(c => !c.PurchaseDays.IsEmpty)];

    /// <summary>
    /// One version a family, the best by Schwarz's criterion first; where customers are few before them Pareto/NBD with what is known of
    /// other stores, which needs neither a number of customers nor a repeat purchase (<see cref="SmallStore"/>). The spend model is left
    /// out, and said to be, where too few have bought again.
    /// </summary>
    /// <param name="customers">Summaries of the buyers.</param>
    /// <param name="until">Last local day that may be seen.</param>
    /// <param name="trainedAt">Now.</param>
    /// <param name="number">Number of the training in the store; part of the versions' names.</param>
    /// <param name="market">Its promotions, seasons and competitors; where they touch the data, models that follow them are fitted
    /// too.</param>
    /// <param name="log">Told how each model was fitted, or why it was not.</param>
    /// <param name="cancellation">Stops between models.</param>
    /// <exception cref="FitException">No family could be fitted; the message says why.</exception>
    public static IReadOnlyList<ModelVersion> Train(
        IReadOnlyCollection<CustomerSummary> customers, DateOnly until, DateTimeOffset trainedAt, int number, MarketCalendar? market = null,
        Action<string>? log = null, CancellationToken cancellation = default) => Train(
        customers, until, trainedAt, number, [.. LifetimeModels.Families.Except(OnlyByName)], SmallStore.Is, market, log, cancellation);

    /// <summary>
    /// What stands in until the first training: Pareto/NBD with what is known of other stores as prior, however many the buyers are.
    /// </summary>
    /// <param name="customers">Summaries of the first buyers.</param>
    /// <param name="until">Last local day that may be seen.</param>
    /// <param name="trainedAt">Now.</param>
    /// <exception cref="FitException">There are no buyers.</exception>
    public static ModelVersion First(IReadOnlyCollection<CustomerSummary> customers, DateOnly until, DateTimeOffset trainedAt)
    {
        var version = Train(customers, until, trainedAt, 0, [KnownStores.Family], _ => true, null, null, default)[0];
        return version with
        {
            Id = FormattableString.Invariant($"{ModelVersion.FirstName}{version.Purchases}"),
            Description = FormattableString.Invariant(
                $"{version.Customers} buyers before the first training: with what {KnownStores.All.Length} other stores are like, ")
                + FormattableString.Invariant($"of whose variance {version.PriorShare:0%} is left"),
        };
    }

    private static List<ModelVersion> Train(
        IReadOnlyCollection<CustomerSummary> customers, DateOnly until, DateTimeOffset trainedAt, int number, string[] families,
        Func<IReadOnlyCollection<PurchaseHistory>, bool> isTakenAsSmall, MarketCalendar? market, Action<string>? log,
        CancellationToken cancellation)
    {
        var histories = customers.Select(c => c.HistoryAt(until)).OfType<PurchaseHistory>().ToList();
        var spends = customers.Select(c => c.RepeatSpendAt(until)).Where(s => s.Count > 0).ToList();
        var paid = customers.SelectMany(c => c.PurchaseDays).Where(d => d.Day <= until && d.Net > Money.Zero).ToList();
        SpendFit? spend = null;
        try
        {
            spend = SpendModels.Fit(spends);
            log?.Invoke(FormattableString.Invariant($"gamma-gamma: ln L {spend.Report.LogLikelihood:0.0} on {spends.Count} repeat buyers"));
        }
        catch (FitException e)
        {
            // The mean value of a purchase stands in; the version shows that it has no spend model.
            log?.Invoke($"gamma-gamma: refused, {e.Message}; the mean value of a purchase stands in");
        }

        var compressed = PurchaseHistories.Of(histories);
        var isSmall = histories.Count > 0 && isTakenAsSmall(histories);
        var bins = FeatureBins.Of(customers, until);
        var versions = new List<ModelVersion>();
        FitException? failure = null;
        foreach (var family in families)
        {
            Try(family, () => Keep(isSmall && family == KnownStores.Family
                ? OfSmallStore(family, SmallStore.Fit(compressed))
                : VersionOf(family, LifetimeModels.Fit(family, compressed))));
        }

        if (market is { Entries.Count: > 0 })
        {
            var days = customers.Select(c => c.PurchaseDays.Select(d => d.Day).ToArray()).ToArray();
            foreach (var family in FollowTheMarket)
            {
                Try($"{family}-market", () =>
                {
                    var fit = MarketModels.Fit(family, days, until, market);
                    if (fit.Model.Effects != MarketEffects.None)
                    {
                        var version = VersionOf($"{family}-market", new LifetimeFit(fit.Model.Baseline, fit.Report));
                        Keep(version with { MarketEffects = fit.Model.Effects });
                    }
                });
            }
        }

        // All families saw the same data, so that the criterion compares them; but what few customers do not say it cannot weigh.
        return versions.Count == 0 ? throw failure!
            : [.. versions.OrderBy(v => v.PriorShare is null && histories.Count < SmallStore.Customers).ThenBy(v => v.Bic)];

        void Keep(ModelVersion version)
        {
            versions.Add(version);
            log?.Invoke(FormattableString.Invariant($"{version.Id}: ln L {version.LogLikelihood:0.0}, BIC {version.Bic:0.0}"));
        }

        void Try(string name, Action fit)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                fit();
            }
            catch (FitException e)
            {
                failure = e;
                log?.Invoke($"{name}: refused, {e.Message}");
            }
        }

        ModelVersion OfSmallStore(string name, LifetimeFit fit) => VersionOf(name, fit) with
        {
            PriorShare = SmallStore.PriorShare(fit.Report),
            Description = FormattableString.Invariant(
                $"{histories.Count} customers of {histories.Max(h => h.Observed):0} weeks, ")
                + FormattableString.Invariant($"fewer than {SmallStore.Customers} or {SmallStore.Weeks}: ")
                + FormattableString.Invariant($"with what {KnownStores.All.Length} other stores are like, of whose variance ")
                + FormattableString.Invariant($"{SmallStore.PriorShare(fit.Report):0%} is left"),
        };

        ModelVersion VersionOf(string name, LifetimeFit fit) => new()
        {
            Id = $"{name}-{number}",
            Family = fit.Model.Family,
            Parameters = fit.Model.Parameters,
            Fitted = fit.Report.Baseline.Names,
            Covariance = fit.Report.Baseline.Covariance,
            StandardErrors = fit.Report.Names.Zip(fit.Report.StandardErrors).ToImmutableSortedDictionary(p => p.First, p => p.Second),
            LogLikelihood = fit.Report.LogLikelihood,
            Bic = fit.Report.Bic,
            SpendParameters = spend?.Model.Parameters,
            SpendCovariance = spend?.Report.Covariance ?? [],
            SpendLogLikelihood = spend?.Report.LogLikelihood,
            MeanSpend = paid.Count == 0 ? 0 : paid.Average(d => (double)d.Net.Minor),
            Paid = SpendRange.Of(paid.Select(d => (double)d.Net.Minor)),
            Customers = histories.Count,
            Purchases = customers.Sum(c => (long)c.PurchaseDays.Count(d => d.Day <= until)),
            Training = number,
            Bins = bins,
            DataFrom = customers.SelectMany(c => c.PurchaseDays.Take(1)).Min(d => (DateOnly?)d.Day),
            DataUntil = until,
            TrainedAt = trainedAt,
        };
    }
}
