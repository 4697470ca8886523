namespace ClvOrleans.Domain.Stores;

/// <summary>Which value of the purchases in a window is forecast and judged.</summary>
public enum ValueKind
{
    /// <summary>Revenue of orders that were not cancelled, before refunds and credit notes.</summary>
    Gross,

    /// <summary>Revenue after refunds, less the credit notes of the window that name no order; never below zero.</summary>
    Net,

    /// <summary>What the shop keeps: net value less cost where the order names it, else the store's share.</summary>
    Margin,
}
