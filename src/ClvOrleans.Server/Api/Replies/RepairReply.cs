namespace ClvOrleans.Server.Api.Replies;

/// <summary>Orders that are worth more than an amount, and what was done about them.</summary>
/// <param name="Currency">The currency of all money here, ISO 4217.</param>
/// <param name="Above">Orders above this amount were looked for, in major units.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Cancelled">How many of them were cancelled now; 0 where it was only asked.</param>
/// <param name="Orders">The first thousand.</param>
internal sealed record RepairReply(string Currency, decimal Above, int Count, int Cancelled, IReadOnlyList<RepairedOrder> Orders);
