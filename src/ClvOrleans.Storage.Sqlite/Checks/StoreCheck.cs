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

    /// <summary>Runs all checks, one after the other; each result comes when it is known.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellation">Gives up between two findings.</param>
    /// <exception cref="StorageUnavailableException">There is no journal that can be opened; the message says why.</exception>
    public static IEnumerable<CheckResult> Run(string folder, StoreSettings settings, CancellationToken cancellation = default)
    {
        using var store = CheckedStore.Open(folder, settings);
        foreach (var check in Checks)
        {
            var (found, more) = (new List<string>(), 0L);
            try
            {
                foreach (var finding in check.Run(store))
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
}
