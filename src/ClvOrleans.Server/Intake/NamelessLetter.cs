using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Intake;

/// <summary>
/// A refused event as a store with pseudonyms keeps it: that there was one, when, from where, and the code of the reason. What was sent,
/// and sentences that quote it, may name people in any member: an event that cannot be read cannot be cleaned either.
/// </summary>
internal static class NamelessLetter
{
    private const string Message =
        "The store has pseudonyms, and keeps nothing of what was sent; the answer to the sender named the member. Send it corrected.";

    /// <summary>The letter.</summary>
    public static DeadLetter Of(
        Pseudonyms pseudonyms, StoreId store, string source, DateTimeOffset at, string messageId, string code) =>
        new(0, store, source, at, pseudonyms.OfMessage(messageId), code, Message, default);
}
