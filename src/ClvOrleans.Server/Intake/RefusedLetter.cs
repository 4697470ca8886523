using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Intake;

/// <summary>
/// A refused event as its store keeps it. One with pseudonyms keeps that there was one, when, from where, and the code of the reason: what
/// was sent, and sentences that quote it, may name people in any member, and an event that cannot be read cannot be cleaned either.
/// </summary>
internal static class RefusedLetter
{
    // Twice what an event may have, so that one that is a little too large is there in full, and one of megabytes fills no disk.
    private const int MostBytes = 2 * EventReader.MostBytes;

    private const string Nameless =
        "The store has pseudonyms, and keeps nothing of what was sent; the answer to the sender named the member. Send it corrected.";

    /// <summary>The letter.</summary>
    /// <param name="store">The store.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="at">When it came.</param>
    /// <param name="messageId">The id that it is known by.</param>
    /// <param name="refused">Why it was refused.</param>
    /// <param name="sent">What was sent; made only where it is kept.</param>
    public static DeadLetter Of(
        StoreSettings store, string source, DateTimeOffset at, string messageId, RefusedEvent refused, Func<ReadOnlyMemory<byte>> sent) =>
        store.Pseudonyms is { } pseudonyms
            ? new DeadLetter(0, store.Id, source, at, pseudonyms.OfMessage(messageId), refused.Code, Nameless, default)
            : new DeadLetter(0, store.Id, source, at, messageId, refused.Code, refused.Message, Shortened(sent()));

    private static ReadOnlyMemory<byte> Shortened(ReadOnlyMemory<byte> sent) => sent[..Math.Min(sent.Length, MostBytes)];
}
