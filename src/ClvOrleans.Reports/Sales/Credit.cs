using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Reports.Sales;

/// <summary>A credit note that names no order.</summary>
/// <param name="Day">Its local day.</param>
/// <param name="Net">What it takes off: all of them together no more than the purchases brought.</param>
/// <param name="Margin">The shop's share of it.</param>
public readonly record struct Credit(DateOnly Day, Money Net, Money Margin);
