using System.Globalization;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>What each source has used of its quota of refused events is what is kept of it.</summary>
internal sealed class LetterCheck : IStoreCheck
{
    public string Name => "refused events";

    public IEnumerable<string> Run(CheckedStore store)
    {
        if (!store.Has("dead_letter_usage"))
        {
            yield break;
        }

        foreach (var row in store.Rows(
            "SELECT u.store, u.source, u.letters, u.bytes, count(d.id), ifnull(sum(length(d.payload) + length(d.message) + 256), 0) FROM "
                + "dead_letter_usage u LEFT JOIN dead_letters d ON d.store = u.store AND d.source = u.source GROUP BY u.store, u.source"))
        {
            if ((row.GetInt64(2), row.GetInt64(3)) != (row.GetInt64(4), row.GetInt64(5)))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.GetString(0)}: source {row.GetString(1)} has {row.GetInt64(4)} letters of {row.GetInt64(5)} bytes, counted "
                        + $"are {row.GetInt64(2)} of {row.GetInt64(3)}.");
            }
        }
    }
}
