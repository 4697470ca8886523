using ClvOrleans.Storage;

namespace ClvOrleans.Benchmarks.Scale;

/// <summary>Counts transactions.</summary>
internal sealed class CommitCount : ICommitObserver
{
    private int _transactions;

    /// <summary>How many there were.</summary>
    public int Transactions => Volatile.Read(ref _transactions);

    /// <inheritdoc />
    public void OnCommitted(int writes, TimeSpan duration) => Interlocked.Increment(ref _transactions);
}
