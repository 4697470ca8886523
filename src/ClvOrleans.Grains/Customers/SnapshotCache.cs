using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// The snapshots of one customer: what may be read instead of the journal, as far as it goes. Whatever is wrong with one costs time and
/// nothing else.
/// </summary>
internal sealed class SnapshotCache(SnapshotStorage storage, GrainId grain, CustomerId customer, StoreSettings store)
{
    private SnapshotVersion? _version;
    private long _kept;

    // A fold of other code or another calendar must not be continued.
    private string FoldName => $"{CustomerState.FoldVersion}:{store.TimeZone.Id}";

    /// <summary>The fold of a customer's whole journal, by way of the snapshot where one can be used.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="sequence">Where it ends: of a journal without events nothing is read, and of a short one there is no snapshot.</param>
    public async Task<CustomerFold> FoldAsync(IJournal journal, long sequence)
    {
        if (sequence == 0)
        {
            (_version, _kept) = (null, 0);
            return new CustomerFold(store, storage.Options);
        }

        var stored = sequence < storage.Options.SnapshotEvery ? null : await storage.ReadAsync(grain);
        _version = SnapshotVersion.Of(stored);
        var fold = Open(stored?.State);
        var entries = await journal.ReadAsync(customer, Math.Max(fold.Sequence - 1, 0));

        // A journal that was put back from a copy, or replaced, can be behind the snapshot, or hold other events: the journal is right.
        if (fold.Sequence > 0)
        {
            if (entries.Count > 0 && entries[0].Sequence == fold.Sequence && entries[0].Event.Key == fold.Last)
            {
                entries = [.. entries.Skip(1)];
            }
            else
            {
                (fold, entries) = (new CustomerFold(store, storage.Options), await journal.ReadAsync(customer, 0));
            }
        }

        _kept = fold.Sequence;
        foreach (var entry in entries)
        {
            fold.Add(entry.Event);
        }

        return fold;
    }

    /// <summary>Keeps a fold that is some events ahead of the last snapshot. Only for one whose every event is in the journal.</summary>
    public async Task SaveAsync(CustomerFold fold)
    {
        if (fold.Sequence - _kept < storage.Options.SnapshotEvery || storage.IsPausing)
        {
            return;
        }

        // The version is not known where reading or writing failed, or another activation has written.
        _version ??= SnapshotVersion.Of(await storage.ReadAsync(grain));
        _version = _version is { } last ? await storage.WriteAsync(grain, fold.ToSnapshot(FoldName), last) : null;
        _kept = fold.Sequence;
    }

    private CustomerFold Open(CustomerSnapshot? stored)
    {
        if (stored is { Sequence: > 0, Baskets.Length: > 0 } snapshot && snapshot.Fold == FoldName)
        {
            try
            {
                return CustomerFold.Continue(snapshot, store, storage.Options);
            }
            catch (Exception e)
            {
                storage.Report("opened", e);
            }
        }

        return new CustomerFold(store, storage.Options);
    }
}
