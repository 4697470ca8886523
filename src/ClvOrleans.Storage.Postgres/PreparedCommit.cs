using System.Collections.Immutable;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Postgres;

/// <summary>A commit with its bytes, made before the transaction.</summary>
internal sealed class PreparedCommit(CustomerCommit commit)
{
    public CustomerCommit Commit => commit;

    public byte[][] Payloads { get; } = [.. commit.Events.Select(EventPayload.ToBytes)];

    public PreparedRow Row { get; } = new(commit.Row);

    /// <summary>The row of the identity that ends by it; null where none does.</summary>
    public PreparedRow? Gone { get; set; }

    /// <summary>What the watches noticed by it, also of the identity; known once it is written.</summary>
    public ImmutableArray<Transition> Noticed => Gone is { Noticed: { IsEmpty: false } left } ? [.. left, .. Row.Noticed] : Row.Noticed;

    /// <summary>The rows that it writes, in order.</summary>
    public IEnumerable<PreparedRow> Rows =>
        [.. Gone is null ? Array.Empty<PreparedRow>() : [Gone], .. commit.Row.Sequence > 0 ? [Row] : Array.Empty<PreparedRow>()];

    /// <summary>Why it is not written; null where it is.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Locks that the transaction holds.</summary>
    public IEnumerable<long> Locks =>
    [
        LockKeys.Of(commit.Row.Id), .. commit.Merged is { } merged ? [LockKeys.Of(merged.From)] : Array.Empty<long>(),
        .. commit.ClaimedOrders.Select(o => LockKeys.OfOrder(commit.Row.Id.Store, o)),
    ];
}
