namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a customer consents to.</summary>
/// <param name="Customer">The customer's id.</param>
/// <param name="Consents">
/// The last word on each purpose, by its name. A purpose that is not here was never spoken of, which is not the same as refused.
/// </param>
internal sealed record ConsentsReply(string Customer, IReadOnlyDictionary<string, ConsentReply> Consents);

/// <summary>The last word on a purpose.</summary>
/// <param name="Granted">Whether the customer consents.</param>
/// <param name="At">When they said so.</param>
internal sealed record ConsentReply(bool Granted, DateTimeOffset At);
