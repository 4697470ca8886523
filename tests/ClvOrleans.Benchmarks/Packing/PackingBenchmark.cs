using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Testing;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Benchmarks.Packing;

/// <summary>What two simulated years of a store take on SQLite before and after their behaviour is packed, and how fast that is.</summary>
internal static class PackingBenchmark
{
    public static async Task RunAsync(int customers)
    {
        var path = Path.Combine(TemporaryFolder.New(), "clv.db");
        await using var journal = new SimulatedJournal(path, true);
        var events = await journal.WriteAsync(customers);
        var (before, behaviour) = (Used(path), Count(path, $"kind IN ({string.Join(", ", Behaviour.Kinds.Select(k => $"'{k}'"))})"));
        Console.WriteLine(FormattableString.Invariant(
            $"{events:N0} events, {100.0 * behaviour / events:f0} % of them behaviour: {before / 1e6:f1} MB"));
        var (clock, packed, packs) = (Stopwatch.StartNew(), 0L, journal.Packs);
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            for (long? after = 0; after is { } place;)
            {
                var found = await packs.FindAsync(SimulatedJournal.Settings.Id, shard, place, DateTimeOffset.MaxValue);
                foreach (var customer in found.Customers)
                {
                    packed += await packs.PackAsync(customer, DateTimeOffset.MaxValue, (_, _) => true) ?? 0;
                }

                after = found.Next;
            }
        }

        var took = clock.Elapsed.TotalSeconds;
        Console.WriteLine(FormattableString.Invariant(
            $"{packed:N0} packed in {took:f1} s ({packed / took:N0} a second): {Used(path) / 1e6:f1} MB"));
        Console.WriteLine(FormattableString.Invariant(
            $"{(before - Used(path)) / (double)packed:f0} bytes less for each event that was packed"));
    }

    // What is in use: pages that are free are used again before the file grows.
    private static long Used(string path) =>
        Scalar(path, "SELECT (SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count)")
        * Scalar(path, "SELECT page_size FROM pragma_page_size");

    private static long Count(string path, string what) => Scalar(path, $"SELECT count(*) FROM events WHERE {what}");

    private static long Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this benchmark.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
