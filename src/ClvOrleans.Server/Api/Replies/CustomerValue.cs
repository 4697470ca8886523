using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>
/// The lifetime value of a customer. A function of the events up to asOf (revision), the model, the market calendar and the horizon:
/// the same question with the same four gives the same bytes.
/// </summary>
internal sealed record CustomerValue
{
    /// <summary>The customer's id. Asked by an id that has become part of another customer, it is that customer's.</summary>
    public required string Customer { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>What the customer has brought.</summary>
    public required HistoricValue Historic { get; init; }

    /// <summary>What the customer is expected to bring.</summary>
    public required PredictedValue Predicted { get; init; }

    /// <summary>Historic net value plus predicted value.</summary>
    public required decimal TotalValue { get; init; }

    /// <summary>The segment, such as at-risk.top-5: lifecycle and tier; the lifecycle alone of prospects and of days past.</summary>
    public required string Segment { get; init; }

    /// <summary>prospect, new, active, cooling, at-risk or lost.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>top-1, top-5, top-10, top-25, top-50 or rest of today's buyers; null for prospects and for days past.</summary>
    public string? Tier { get; init; }

    /// <summary>How many days the prediction looks ahead, 1 to 3,650.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The local calendar day of the store for which the figures hold.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Number of the customer's events that the figures rest on: those up to asOf.</summary>
    public required long Revision { get; init; }

    /// <summary>The model that made the prediction.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>When that model was trained; null for the prior that stands in before the first training.</summary>
    public DateTimeOffset? ModelTrainedAt { get; init; }

    /// <summary>Why that model was promoted, and not the other of its training; null where that was not asked.</summary>
    public string? ModelReason { get; init; }

    /// <summary>The content of the market calendar that the model could read.</summary>
    public required string MarketVersion { get; init; }

    /// <summary>
    /// NoPurchase: nothing is predicted yet. Prior: what is known of other stores stands in. SmallStore: a model of this store, which has
    /// fewer than 500 customers or less than a year of data, so that other stores fill in what its own customers do not say; the interval
    /// holds what is not known. Trained: a model of this store. StandIn: the model that was promoted last cannot be opened, and
    /// modelVersion stands in.
    /// </summary>
    public required EstimateBasis Basis { get; init; }

    /// <summary>
    /// How much of what other stores are like the answer still rests on: the share of its variance that the store's own customers have
    /// left, 0 to 1. 1 for the prior itself; null where a model does not rest on other stores.
    /// </summary>
    public double? PriorShare { get; init; }

    public static CustomerValue Of(
        CustomerId customer, long revision, CustomerSummary summary, Estimate estimate, ModelVersion model, string marketVersion,
        Valuation.Segments.Lifecycle lifecycle, ValueTier? tier, StoreSettings store)
    {
        var (currency, orders, isBuyer) = (store.Currency, summary.Orders, estimate.Basis != EstimateBasis.NoPurchase);
        return new CustomerValue
        {
            Customer = customer.Id,
            Currency = currency.Code,
            Historic = new HistoricValue
            {
                Gross = currency.ToMajor(summary.Gross),
                Net = currency.ToMajor(summary.Net),
                Margin = currency.ToMajor(summary.MarginAt(store.MarginBasisPoints)),
                Orders = orders,
                PurchaseDays = summary.PurchaseDays.Length,
                AverageOrderValue = orders == 0 ? null : decimal.Round(currency.ToMajor(summary.Gross) / orders, currency.Decimals),
            },
            Predicted = new PredictedValue
            {
                Value = currency.ToMajor(estimate.Value),
                Margin = currency.ToMajor(estimate.Margin),
                Interval = SpendInterval.Of(estimate.Interval, currency),
                Intervals = [.. (estimate.Intervals ?? []).Select(i => SpendInterval.Of(i, currency))],
                IntervalMethod = estimate.IntervalMethod,
                ExpectedPurchaseDays = estimate.ExpectedOrders,
                ProbabilityAlive = isBuyer ? estimate.ProbabilityAlive : null,
                ChurnProbability = isBuyer ? estimate.ChurnProbability : null,
                ProbabilityOfNoOrder = estimate.ProbabilityOfNoOrder,
                NextOrderInDays = estimate.NextOrder,
                NextOrderOn = NextOrderDays.Of(estimate.NextOrder, estimate.AsOf),
            },
            TotalValue = currency.ToMajor(summary.Net + estimate.Value),
            Segment = SegmentNames.Format(lifecycle, tier),
            Lifecycle = SegmentNames.Format(lifecycle),
            Tier = tier is { } t ? SegmentNames.Format(t) : null,
            HorizonDays = estimate.HorizonDays,
            AsOf = estimate.AsOf,
            Revision = revision,
            ModelVersion = estimate.ModelVersion,
            ModelTrainedAt = model.IsPrior ? null : model.TrainedAt,
            ModelReason = model.Reason,
            MarketVersion = marketVersion,
            Basis = estimate.Basis,
            PriorShare = model.IsPrior ? 1 : model.PriorShare,
        };
    }
}
