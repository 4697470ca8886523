namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>The pages and indexes of the journal are whole.</summary>
internal sealed class PageCheck : IStoreCheck
{
    public string Name => "pages and indexes of clv.db";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows("PRAGMA integrity_check"))
        {
            if (row.GetString(0) is not "ok" and var finding)
            {
                yield return $"{SqliteTrouble.Damaged(store.Path).Message} SQLite says: {finding.ReplaceLineEndings(" ")}.";
            }
        }
    }
}
