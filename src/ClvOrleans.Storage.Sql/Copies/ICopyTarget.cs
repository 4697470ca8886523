namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>Where a store is copied to. Until it is completed it is not a store.</summary>
public interface ICopyTarget : IAsyncDisposable
{
    /// <summary>Its tables.</summary>
    IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>Begins a copy, or goes on with one of the same source.</summary>
    /// <returns>How many rows of each table are there already.</returns>
    /// <exception cref="StorageUnavailableException">There is a store already, or part of another one.</exception>
    Task<IReadOnlyDictionary<string, long>> BeginAsync(ICopySource source, CancellationToken cancellation = default);

    /// <summary>Writes the next rows of a table: all of them, or none.</summary>
    /// <param name="table">The table, with the columns of the source.</param>
    /// <param name="rows">Its next rows.</param>
    /// <param name="before">How many rows of it were written before.</param>
    /// <param name="cancellation">Ends the writing.</param>
    Task WriteAsync(StoreTable table, IReadOnlyList<object?[]> rows, long before, CancellationToken cancellation = default);

    /// <summary>All rows are written: brings what is made from them up to date.</summary>
    Task FinishAsync(CancellationToken cancellation = default);

    /// <summary>What was written, to be read again.</summary>
    Task<ICopySource> ReopenAsync(CancellationToken cancellation = default);

    /// <summary>What was written is what was read: from now on it is a store.</summary>
    Task CompleteAsync(IReadOnlyList<CopiedTable> tables, CancellationToken cancellation = default);
}
