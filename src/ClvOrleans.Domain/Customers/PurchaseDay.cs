using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Customers;

/// <summary>All purchases of one customer on one calendar day of the store: one occasion.</summary>
/// <param name="Day">The local calendar day.</param>
/// <param name="Orders">Number of orders.</param>
/// <param name="Gross">Their value before refunds.</param>
/// <param name="Net">Their value after refunds.</param>
/// <param name="Margin">What the shop keeps of it.</param>
public sealed record PurchaseDay(DateOnly Day, int Orders, Money Gross, Money Net, Money Margin);
