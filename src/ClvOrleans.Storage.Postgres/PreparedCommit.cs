using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Postgres;

/// <summary>A commit with its bytes, made before the transaction.</summary>
internal sealed class PreparedCommit(CustomerCommit commit)
{
    public CustomerCommit Commit => commit;

    public byte[][] Payloads { get; } = [.. commit.Events.Select(EventPayload.ToBytes)];

    public PreparedRow Row { get; } = new(commit.Row);

    /// <summary>Why it is not written; null where it is.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Locks that the transaction holds.</summary>
    public IEnumerable<long> Locks =>
    [
        LockKeys.Of(commit.Row.Id), .. commit.Merged is { } merged ? [LockKeys.Of(merged.From)] : Array.Empty<long>(),
        .. commit.ClaimedOrders.Select(o => LockKeys.OfOrder(commit.Row.Id.Store, o)),
    ];
}
