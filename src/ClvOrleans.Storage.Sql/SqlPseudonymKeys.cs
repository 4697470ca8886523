using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>The keys of pseudonyms, each in a row of its own: without it, nobody can say whose a pseudonym is.</summary>
internal static class SqlPseudonymKeys
{
    // What may hold an id as it was sent, or a pseudonym.
    private static readonly string[] Holding =
    [
        "customers", "identity_links", "held_events", "contested_completions", "dead_letters", "privacy_requests", "import_chunks",
        "exposures",
    ];

    private static readonly string HasPeople =
        $"SELECT 1 WHERE {string.Join(" OR ", Holding.Select(t => $"EXISTS (SELECT 1 FROM {t} WHERE store = $store)"))}";

    /// <summary>Whether a version would keep the people that its store has otherwise than they are kept.</summary>
    public static async ValueTask<bool> AreOtherwiseAsync(ISqlSession session, StoreRecord record) =>
        await HasKeyAsync(session, record) != record.Pseudonyms is not null
        && await session.ScalarAsync(HasPeople, ("$store", record.Store.Value)) is not null;

    /// <summary>Keeps the key of a version, or removes it where nobody needs it.</summary>
    public static async ValueTask KeepAsync(ISqlSession session, StoreRecord record)
    {
        if (record.Pseudonyms is { } pseudonyms)
        {
            await session.RunAsync(
                "INSERT INTO pseudonym_keys (store, secret) VALUES ($store, $secret) ON CONFLICT DO NOTHING",
                ("$store", record.Store.Value), ("$secret", pseudonyms.RevealKey()));
        }
        else if (await HasKeyAsync(session, record))
        {
            await session.RunAsync("DELETE FROM pseudonym_keys WHERE store = $store", ("$store", record.Store.Value));
        }
    }

    private static async ValueTask<bool> HasKeyAsync(ISqlSession session, StoreRecord record) =>
        await session.ScalarAsync("SELECT 1 FROM pseudonym_keys WHERE store = $store", ("$store", record.Store.Value)) is not null;
}
