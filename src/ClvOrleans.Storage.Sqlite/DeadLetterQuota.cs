using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Sqlite;

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
    public bool TryKeep(SqliteSession session, ReadOnlySpan<DeadLetter> letters, bool canKeep)
    {
        var beyond = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var letter in letters)
        {
            if (IsOpen(session, letter))
            {
                continue;
            }

            canKeep = canKeep && HasRoom(session, letter);
            if (!canKeep)
            {
                beyond[letter.Code] = beyond.GetValueOrDefault(letter.Code) + 1;
                continue;
            }

            session.Run(
                "INSERT INTO dead_letters (store, source, received_at, message_id, code, message, payload) "
                    + "VALUES ($store, $source, $received, $id, $code, $message, $payload)",
                ("$store", letter.Store.Value), ("$source", letter.Source), ("$received", letter.ReceivedAt.ToUnixTimeMilliseconds()),
                ("$id", letter.MessageId), ("$code", letter.Code), ("$message", letter.Message), ("$payload", letter.Payload.ToArray()));
        }

        foreach (var (code, events) in beyond)
        {
            session.Run(
                "INSERT INTO dead_letter_overflow (store, source, code, events) VALUES ($store, $source, $code, $events) "
                    + "ON CONFLICT DO UPDATE SET events = events + excluded.events",
                ("$store", letters[0].Store.Value), ("$source", letters[0].Source), ("$code", code), ("$events", events));
        }

        return canKeep;
    }

    private static bool IsOpen(SqliteSession session, DeadLetter letter) => session.Scalar(
        "SELECT 1 FROM dead_letters WHERE store = $store AND message_id = $id AND source = $source AND code = $code AND replayed_at IS NULL",
        ("$store", letter.Store.Value), ("$id", letter.MessageId), ("$source", letter.Source), ("$code", letter.Code)) is not null;

    // Letters that were replayed are events now: they make room, the oldest first.
    private bool HasRoom(SqliteSession session, DeadLetter letter)
    {
        do
        {
            var (letters, bytes) = session.Read(
                "SELECT letters, bytes FROM dead_letter_usage WHERE store = $store AND source = $source", row => (row.GetInt64(0), row.GetInt64(1)),
                ("$store", letter.Store.Value), ("$source", letter.Source)).SingleOrDefault();
            if (letters < options.MostLetters && bytes + letter.Payload.Length + letter.Message.Length + RowBytes <= options.MostBytes)
            {
                return true;
            }
        }
        while (session.Run(
            "DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters "
                + "WHERE store = $store AND source = $source AND replayed_at IS NOT NULL ORDER BY id LIMIT 1)",
            ("$store", letter.Store.Value), ("$source", letter.Source)) > 0);
        return false;
    }
}
