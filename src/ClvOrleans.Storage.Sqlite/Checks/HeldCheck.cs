namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>What waits for something can be read, and waits for what has not happened yet.</summary>
internal sealed class HeldCheck : IStoreCheck
{
    public string Name => "events that wait";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows(
            "SELECT store, order_id, sender, payload, EXISTS (SELECT 1 FROM orders o WHERE o.store = h.store AND o.order_id = "
                + "h.order_id) FROM held_events h"))
        {
            if (!JournalEvents.TryRead(row, 3, out _, out var error))
            {
                yield return $"{row.GetString(0)}/{row.GetString(2)}: the event that waits for order {row.GetString(1)} cannot be "
                    + $"read: {error}";
            }

            if (row.GetBoolean(4))
            {
                yield return $"{row.GetString(0)}/{row.GetString(2)}: an event waits for order {row.GetString(1)}, which is placed.";
            }
        }

        if (!store.Has("contested_completions"))
        {
            yield break;
        }

        foreach (var row in store.Rows(
            "SELECT c.store, c.order_id, c.sender, c.payload, c.sender = c.owner, c.owner IS (SELECT o.owner FROM orders o WHERE o.store "
                + "= c.store AND o.order_id = c.order_id) FROM contested_completions c"))
        {
            if (!JournalEvents.TryRead(row, 3, out _, out var error))
            {
                yield return $"{row.GetString(0)}/{row.GetString(2)}: the completion that contests order {row.GetString(1)} cannot be "
                    + $"read: {error}";
            }

            if (row.GetBoolean(4) || !row.GetBoolean(5))
            {
                yield return $"{row.GetString(0)}/{row.GetString(2)}: a completion contests order {row.GetString(1)}, whose owner is not "
                    + "the one that it names.";
            }
        }
    }
}
