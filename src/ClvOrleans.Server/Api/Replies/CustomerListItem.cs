using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A customer in a list. Predictions are for the store's horizon; money is in major units of its currency.</summary>
internal sealed record CustomerListItem
{
    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer: known by the store's user id. Visitor: anonymous.</summary>
    public required CustomerKind Kind { get; init; }

    /// <summary>Lifecycle and tier, such as at-risk.top-5.</summary>
    public required string Segment { get; init; }

    /// <summary>prospect, new, active, cooling, at-risk or lost.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>top-1, top-5, top-10, top-25, top-50 or rest; null for prospects.</summary>
    public string? Tier { get; init; }

    /// <summary>Scores of recency, frequency and money, such as 5-4-5; null where they are not known.</summary>
    public string? Rfm { get; init; }

    /// <summary>The cluster, such as c3; null where there is none.</summary>
    public string? Cluster { get; init; }

    /// <summary>Number of orders; several on a day are one purchase day.</summary>
    public required long Orders { get; init; }

    /// <summary>Value of the past, net of refunds.</summary>
    public required decimal Historic { get; init; }

    /// <summary>Predicted value.</summary>
    public required decimal Predicted { get; init; }

    /// <summary>Historic plus predicted value.</summary>
    public required decimal TotalValue { get; init; }

    /// <summary>The part of the value they would bring if they have not left that is lost in expectation.</summary>
    public required decimal AtRisk { get; init; }

    /// <summary>Expected days with a purchase.</summary>
    public required double ExpectedPurchaseDays { get; init; }

    /// <summary>The probability, 0 to 1, that the customer has not left for good; null before the first purchase.</summary>
    public double? ProbabilityAlive { get; init; }

    /// <summary>Local day of the latest event.</summary>
    public required DateOnly LastSeen { get; init; }

    /// <summary>Local day of the estimate.</summary>
    public required DateOnly EstimatedOn { get; init; }

    public static CustomerListItem Of(CustomerRow row, TierThresholds thresholds, Currency currency)
    {
        var (cell, sums) = (row.Contribution.Cell!.Value, row.Contribution.Sums);
        var tier = cell.Lifecycle == Valuation.Segments.Lifecycle.Prospect ? (ValueTier?)null : thresholds.TierOf(cell.Bucket);
        return new CustomerListItem
        {
            Customer = row.Id.Id,
            Kind = row.Id.Kind,
            Segment = SegmentNames.Format(cell.Lifecycle, tier),
            Lifecycle = SegmentNames.Format(cell.Lifecycle),
            Tier = tier is { } t ? SegmentNames.Format(t) : null,
            Rfm = row.Contribution.Rfm?.ToString(),
            Cluster = row.Contribution.Cluster?.ToString(),
            Orders = sums.Orders,
            Historic = currency.ToMajor(sums.Historic),
            Predicted = currency.ToMajor(sums.Predicted),
            TotalValue = currency.ToMajor(sums.Historic + sums.Predicted),
            AtRisk = currency.ToMajor(sums.AtRisk),
            ExpectedPurchaseDays = (double)sums.ExpectedOrders / 1e6,
            ProbabilityAlive = tier is null ? null : sums.Alive / 1e6,
            LastSeen = row.Summary.LastSeen,
            EstimatedOn = row.Contribution.EstimatedOn,
        };
    }
}
