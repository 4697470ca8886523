using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Server.Repairs;

/// <summary>An order that is worth too much.</summary>
/// <param name="Customer">Who placed it.</param>
/// <param name="OrderId">The shop's id.</param>
/// <param name="Day">The local day of its completion.</param>
/// <param name="Value">Its value before refunds.</param>
internal sealed record ExcessiveOrder(CustomerId Customer, string OrderId, DateOnly Day, Money Value);
