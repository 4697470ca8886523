using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.CustomerRows;

/// <summary>When a watch of a customer turns next.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Commit">Commit number of the row that it was solved for.</param>
/// <param name="On">The day; see <see cref="CustomerRow.TurnsOn"/>.</param>
public sealed record CustomerTurn(CustomerId Customer, long Commit, DateOnly On);
