using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Sales;

/// <summary>A customer who has bought: what they bought, and what the store's champion expects of them.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Sales">What they bought.</param>
/// <param name="Contribution">Their row of the read model.</param>
public sealed record Buyer(CustomerId Id, CustomerSales Sales, Contribution Contribution);
