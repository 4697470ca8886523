using System.Data.Common;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Stores;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace ClvOrleans.Grains.Customers;

/// <summary>The snapshots of one customer: what may be read instead of the journal, as far as it goes.</summary>
internal sealed partial class SnapshotCache(IPersistentState<CustomerSnapshot> snapshot, StoreSettings store, ILogger log)
{
    private const int Every = 64;

    // A fold of other code or another calendar must not be continued.
    private string FoldName => $"{CustomerState.FoldVersion}:{store.TimeZone.Id}";

    /// <summary>The fold to go on from, empty where no snapshot can be used, given where the journal ends.</summary>
    public async Task<CustomerFold> OpenAsync(long journalEnd)
    {
        // A journal that was put back from a copy can be behind the snapshot: the journal is right, and the snapshot must not be found again
        // when the journal has grown past it.
        if (snapshot.RecordExists && (snapshot.State.Fold != FoldName || snapshot.State.Sequence > journalEnd))
        {
            await snapshot.ClearStateAsync();
        }

        return snapshot.State.Sequence > 0 ? CustomerFold.Continue(snapshot.State, store) : new CustomerFold(store);
    }

    /// <summary>Keeps a fold that is some events ahead of the last snapshot. False where it could not be written.</summary>
    public async Task<bool> KeepAsync(CustomerFold fold)
    {
        if (fold.Sequence - snapshot.State.Sequence < Every)
        {
            return true;
        }

        var before = snapshot.State;
        snapshot.State = new CustomerSnapshot { Fold = FoldName, Sequence = fold.Sequence, State = fold.State.ToBytes() };
        try
        {
            await snapshot.WriteStateAsync();
            return true;
        }
        catch (Exception e) when (e is InconsistentStateException or DbException)
        {
            // A cache only: what was to be said is in the journal.
            snapshot.State = before;
            LogNotKept(e, store.Id, fold.Sequence);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot of a customer of {Store} at {Sequence} was not kept; the journal is read instead.")]
    private partial void LogNotKept(Exception e, StoreId store, long sequence);
}
