namespace ClvOrleans.Server.Api.Replies;

/// <summary>An order that is worth more than it should.</summary>
/// <param name="Customer">The customer's id.</param>
/// <param name="Order">The order's id.</param>
/// <param name="Day">Local day of its completion.</param>
/// <param name="Value">Its value before refunds, in major units.</param>
internal sealed record RepairedOrder(string Customer, string Order, DateOnly Day, decimal Value);
