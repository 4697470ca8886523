using ClvOrleans.Domain.Stores;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Verifies the files of a store. It only reads, so the store may be served meanwhile: all of it is as of one moment.</summary>
public static class StoreCheck
{
    /// <summary>How many findings of a check are told.</summary>
    public const int MostFound = 20;

    // After the first two the tables can be trusted to be there.
    private static readonly IStoreCheck[] Checks =
    [
        new PageCheck(), new MarkCheck(), new CustomerCheck(), new RowCheck(), new OrderCheck(), new LinkCheck(), new HeldCheck(),
        new SnapshotCheck(),
        new ModelCheck(), new LetterCheck(), new MembershipCheck(), new DecisionCheck(), new LimitCheck(), new DeliveryCheck(),
    ];

    /// <summary>The definitions of all stores in a folder, closed ones too; none in a journal of an earlier version.</summary>
    /// <exception cref="StorageUnavailableException">There is no journal that can be opened; the message says why.</exception>
    public static IReadOnlyList<string> FindDefinitions(string folder)
    {
        using var store = CheckedStore.Open(folder, new StoreSettings { Id = new StoreId("any") });
        return !store.Has("stores") ? [] :
        [
            .. store.Rows(
                "SELECT definition FROM stores s WHERE version = (SELECT max(version) FROM stores l WHERE l.store = s.store) "
                    + "ORDER BY store").Select(r => r.GetString(0)),
        ];
    }

    /// <inheritdoc cref="Run(string, IReadOnlyList{StoreSettings}, CancellationToken)" />
    public static IEnumerable<CheckResult> Run(string folder, StoreSettings settings, CancellationToken cancellation = default) =>
        Run(folder, [settings], cancellation);

    /// <summary>Runs all checks, one after the other; each result comes when it is known.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="stores">The settings of its stores.</param>
    /// <param name="cancellation">Gives up between two findings.</param>
    /// <exception cref="StorageUnavailableException">There is no journal that can be opened; the message says why.</exception>
    public static IEnumerable<CheckResult> Run(
        string folder, IReadOnlyList<StoreSettings> stores, CancellationToken cancellation = default)
    {
        using var store = CheckedStore.Open(folder, stores[0]);
        foreach (var check in Checks)
        {
            var (found, more) = (new List<string>(), 0L);
            try
            {
                foreach (var finding in Findings(check, store, stores))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (found.Count < MostFound)
                    {
                        found.Add(finding);
                    }
                    else
                    {
                        more++;
                    }
                }
            }
            catch (SqliteException e)
            {
                found.Add($"It could not be read to the end: {e.Message.TrimEnd('.')}.");
            }

            yield return new CheckResult(check.Name, [.. found], more);
            if (check is PageCheck && found.Count > 0)
            {
                yield break; // What damaged pages hold says nothing.
            }
        }
    }

    private static IEnumerable<string> Findings(IStoreCheck check, CheckedStore store, IReadOnlyList<StoreSettings> stores)
    {
        var said = new HashSet<string>(StringComparer.Ordinal); // What is looked for in all stores at once is found for each.
        foreach (var settings in check is IEachStoreCheck ? stores : stores.Take(1))
        {
            store.Settings = settings;
            foreach (var finding in check.Run(store))
            {
                if (stores.Count == 1 || said.Add(finding))
                {
                    yield return finding;
                }
            }
        }
    }
}
