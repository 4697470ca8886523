namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a customer has brought, in major units of the store's currency.</summary>
internal sealed record HistoricValue
{
    /// <summary>Value of all purchases before refunds.</summary>
    public required decimal Gross { get; init; }

    /// <summary>Value after refunds and credit notes; never below 0.</summary>
    public required decimal Net { get; init; }

    /// <summary>What the store keeps of it: by the costs of the orders where they name them, else at the store's margin.</summary>
    public required decimal Margin { get; init; }

    /// <summary>Number of purchases.</summary>
    public required int Orders { get; init; }

    /// <summary>Days with a purchase: those of one day are one occasion, and models read the ones after the first (x).</summary>
    public required int PurchaseDays { get; init; }

    /// <summary>Gross value of a purchase; null before the first.</summary>
    public decimal? AverageOrderValue { get; init; }
}
