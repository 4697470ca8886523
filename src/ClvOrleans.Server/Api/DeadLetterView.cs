namespace ClvOrleans.Server.Api;

/// <summary>A refused event.</summary>
/// <param name="Id">Number of the letter.</param>
/// <param name="Source">The source that sent it.</param>
/// <param name="ReceivedAt">When it came; it decides the event's time at any replay.</param>
/// <param name="MessageId">The id by which the event is known: the client's, else one made here.</param>
/// <param name="Code">Why, as a word.</param>
/// <param name="Message">Why, as a sentence that names the field.</param>
/// <param name="Event">The event's JSON as text, with what its batch said of all events.</param>
/// <param name="ReplayedAt">When it was accepted after all.</param>
internal sealed record DeadLetterView(
    long Id, string Source, DateTimeOffset ReceivedAt, string? MessageId, string Code, string Message, string Event,
    DateTimeOffset? ReplayedAt);
