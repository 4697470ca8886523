namespace ClvOrleans.Server.Api.Replies;

/// <summary>A page of the members of an own segment.</summary>
/// <param name="Revision">Revision of the definitions that customers are looked at by.</param>
/// <param name="At">Every event acknowledged before is in.</param>
/// <param name="Waiting">How many customers of the store still wait to be looked at by this revision.</param>
/// <param name="Currency">The currency of all money here, ISO 4217.</param>
/// <param name="Customers">The members, the greatest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record MemberPage(
    long Revision, DateTimeOffset At, long Waiting, string Currency, IReadOnlyList<CustomerListItem> Customers, string? Next);
