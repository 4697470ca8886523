namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Identities that have become customers lead to them at once, not by others and never back, and keep no events.</summary>
internal sealed class LinkCheck : IStoreCheck
{
    public string Name => "identities";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows(
            "SELECT a.store, a.customer, a.target, b.target FROM identity_links a "
                + "JOIN identity_links b ON b.store = a.store AND b.customer = a.target"))
        {
            var (from, by, to) = (row.GetString(1), row.GetString(2), row.GetString(3));
            yield return from == to || from == by
                ? $"{row.GetString(0)}/{from}: leads back to itself."
                : $"{row.GetString(0)}/{from}: leads to {by}, which has become {to}.";
        }

        foreach (var row in store.Rows(
            "SELECT store, customer, target FROM identity_links l WHERE EXISTS (SELECT 1 FROM events e WHERE e.store = l.store AND "
                + "e.customer = l.customer)"))
        {
            yield return $"{row.GetString(0)}/{row.GetString(1)}: has become {row.GetString(2)}, but has events of its own.";
        }
    }
}
