namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>The journal has all that was acknowledged, as the mark beside it says.</summary>
internal sealed class MarkCheck : IStoreCheck
{
    public string Name => "acknowledged transactions";

    public IEnumerable<string> Run(CheckedStore store)
    {
        if (!store.Has("journal_stamp") || store.Mark is not { } mark)
        {
            return [];
        }

        var (id, commits) = store.Journal.Read("SELECT id, commits FROM journal_stamp", row => (row.GetString(0), row.GetInt64(1)))[0];
        return JournalMark.Compare(mark, id, commits, store.Path) is { } finding ? [finding] : [];
    }
}
