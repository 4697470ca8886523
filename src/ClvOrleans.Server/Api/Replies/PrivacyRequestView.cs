using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A request for data or for erasure. Erasures are done by the service; data are to be fetched and handed over.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Source">The source that passed it on.</param>
/// <param name="Customer">User id of whoever asks; null where all customers of the shop are meant, or the request names none.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="DueAt">Until when it has to be fulfilled.</param>
/// <param name="Request">The request as it was sent; empty once it is done.</param>
/// <param name="DoneAt">When it was done; null while it waits.</param>
internal sealed record PrivacyRequestView(
    long Id, PrivacyRequestKind Kind, string Source, string? Customer, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, string Request,
    DateTimeOffset? DoneAt);
