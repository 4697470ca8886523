using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.DeadLetters;

/// <summary>An event that was refused, kept so that people can see it, mend it and send it again.</summary>
/// <param name="Id">Number of the letter; 0 before it is kept.</param>
/// <param name="Store">The store.</param>
/// <param name="Source">The source that sent it.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="MessageId">Its message id, where one could be read.</param>
/// <param name="Code">Why, as a word: <c>missing_user_id</c>.</param>
/// <param name="Message">Why, as a sentence that names the field.</param>
/// <param name="Payload">The event as sent, UTF-8 JSON.</param>
/// <param name="ReplayedAt">When it was accepted after all.</param>
public sealed record DeadLetter(
    long Id, StoreId Store, string Source, DateTimeOffset ReceivedAt, string? MessageId, string Code, string Message,
    ReadOnlyMemory<byte> Payload, DateTimeOffset? ReplayedAt = null);
