using System.Globalization;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>How many shards a store has: as many as its first version asks for, and no others later.</summary>
internal static class StoreShards
{
    /// <summary>Those of the next version of a store.</summary>
    public static ShardCount For(StoreFile next, KeptStore? known) => known?.Settings.Shards ?? AskedFor(next);

    /// <summary>Why a version is refused, as a sentence; null where its store can have the shards that it asks for.</summary>
    public static string? FindRefusal(StoreFile next, KeptStore known) =>
        next.ExpectedCustomers == 0 || next.ExpectedCustomers == known.ExpectedCustomers || AskedFor(next) == known.Settings.Shards
            ? null
            : Refusal(next, known.Settings.Shards);

    /// <summary>That a store which has other shards keeps them, and what to do.</summary>
    public static string Refusal(StoreFile next, ShardCount kept) => string.Create(
        CultureInfo.InvariantCulture,
        $"expectedCustomers: {next.ExpectedCustomers:#,##0} customers take {AskedFor(next)} shards, but the store has {kept}, and its "
            + $"customers are kept by them: they stay. Leave expectedCustomers as it was, or make another store with it and import the "
            + $"history there.");

    private static ShardCount AskedFor(StoreFile file) =>
        file.ExpectedCustomers == 0 ? ShardCount.Default : ShardCount.For(file.ExpectedCustomers);
}
