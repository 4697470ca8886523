using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Privacy;

/// <summary>Keeps what is remembered of erasures outside of the store, for the day on which a backup of the store is restored.</summary>
public interface IErasureLedgerKeeper
{
    /// <summary>Keeps it; durable on return.</summary>
    Task KeepAsync(ErasureLedger ledger, CancellationToken cancellation = default);
}
