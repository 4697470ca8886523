using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Sql;

/// <summary>
/// Keeps letters of one source while it has room, and counts those beyond. The cost of a letter does not grow with how many there are.
/// </summary>
internal sealed class DeadLetterQuota(DeadLetterOptions options)
{
    private const int RowBytes = 256; // As the triggers count.

    /// <summary>Keeps or counts letters of one source.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="letters">The letters.</param>
    /// <param name="canKeep">Whether there may be room: else all are counted but those whose letters are open.</param>
    /// <returns>Whether there was room for all.</returns>
    public async Task<bool> TryKeepAsync(ISqlSession session, ReadOnlyMemory<DeadLetter> letters, bool canKeep)
    {
        var beyond = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = letters.Span[i];
            if (await IsOpenAsync(session, letter))
            {
                continue;
            }

            canKeep = canKeep && await HasRoomAsync(session, letter);
            if (!canKeep)
            {
                beyond[letter.Code] = beyond.GetValueOrDefault(letter.Code) + 1;
                continue;
            }

            await session.RunAsync(
                "INSERT INTO dead_letters (store, source, received_at, message_id, code, message, payload) "
                    + "VALUES ($store, $source, $received, $id, $code, $message, $payload)",
                ("$store", letter.Store.Value), ("$source", letter.Source), ("$received", letter.ReceivedAt.ToUnixTimeMilliseconds()),
                ("$id", letter.MessageId), ("$code", letter.Code), ("$message", letter.Message), ("$payload", letter.Payload.ToArray()));
        }

        foreach (var (code, events) in beyond)
        {
            await session.RunAsync(
                "INSERT INTO dead_letter_overflow (store, source, code, events) VALUES ($store, $source, $code, $events) "
                    + "ON CONFLICT (store, source, code) DO UPDATE SET events = dead_letter_overflow.events + excluded.events",
                ("$store", letters.Span[0].Store.Value), ("$source", letters.Span[0].Source), ("$code", code), ("$events", events));
        }

        return canKeep;
    }

    private static async Task<bool> IsOpenAsync(ISqlSession session, DeadLetter letter) => await session.ScalarAsync(
        "SELECT 1 FROM dead_letters WHERE store = $store AND message_id = $id AND source = $source AND code = $code AND replayed_at IS "
            + "NULL LIMIT 1",
        ("$store", letter.Store.Value), ("$id", letter.MessageId), ("$source", letter.Source), ("$code", letter.Code)) is not null;

    // Letters that were replayed are events now: they make room, the oldest first.
    private async Task<bool> HasRoomAsync(ISqlSession session, DeadLetter letter)
    {
        do
        {
            var (letters, bytes) = (await session.ReadAsync(
                "SELECT letters, bytes FROM dead_letter_usage WHERE store = $store AND source = $source",
                row => (row.GetInt64(0), row.GetInt64(1)),
                ("$store", letter.Store.Value), ("$source", letter.Source))).SingleOrDefault();
            if (letters < options.MostLetters && bytes + letter.Payload.Length + letter.Message.Length + RowBytes <= options.MostBytes)
            {
                return true;
            }
        }
        while (await session.RunAsync(
            "DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters "
                + "WHERE store = $store AND source = $source AND replayed_at IS NOT NULL ORDER BY id LIMIT 1)",
            ("$store", letter.Store.Value), ("$source", letter.Source)) > 0);
        return false;
    }
}
