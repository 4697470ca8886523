namespace ClvOrleans.Server.Api.Replies;

/// <summary>A page of customers.</summary>
/// <param name="Currency">The currency of all money here, ISO 4217.</param>
/// <param name="Customers">The customers, the greatest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record CustomerPage(string Currency, IReadOnlyList<CustomerListItem> Customers, string? Next);
