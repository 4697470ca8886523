using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Privacy;

/// <summary>A request that has to be fulfilled in time.</summary>
/// <param name="Id">Number of the request; 0 before it is kept.</param>
/// <param name="Store">The store.</param>
/// <param name="Source">The source that passed it on.</param>
/// <param name="MessageId">What it is known by: the same request sent again is the same one.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Customer">The customer's user id; null where all customers of the shop are meant, or none could be told.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="DueAt">Until when it has to be fulfilled.</param>
/// <param name="Payload">The request as sent, UTF-8 JSON; without its content once it is done.</param>
/// <param name="DoneAt">When it was done; null while it waits.</param>
public sealed record PrivacyRequest(
    long Id, StoreId Store, string Source, string MessageId, PrivacyRequestKind Kind, string? Customer, DateTimeOffset ReceivedAt,
    DateTimeOffset DueAt, ReadOnlyMemory<byte> Payload, DateTimeOffset? DoneAt = null);
