using System.Security.Cryptography;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Stores;

/// <summary>Makes, changes and closes stores. When it returns, every silo uses the change.</summary>
internal sealed class StoreKeeper(
    IStoreRecords records, StoreFollower follower, StoreDirectory stores, StoreJobs jobs, IJobRecords jobRecords, TimeProvider time)
{
    private const int MostTries = 10;
    private const int KeyLength = 24;
    private const string KeyLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Every version that a store had, the newest first.</summary>
    public Task<IReadOnlyList<StoreRecord>> HistoryAsync(StoreId store, CancellationToken cancellation) =>
        records.HistoryAsync(store, cancellation);

    /// <summary>Makes a store with a write key of its own, unless the body brings some.</summary>
    /// <param name="members">Members of <c>store.json</c>.</param>
    /// <param name="by">Who makes it.</param>
    /// <exception cref="FormatException">A member is missing or wrong; the message names it.</exception>
    /// <exception cref="StoreException">There is such a store, or a write key is another's.</exception>
    public async Task<(KeptStore Store, string WriteKey)> CreateAsync(IReadOnlyCollection<JsonProperty> members, string by)
    {
        if (!members.Any(m => m.Name.Equals("id", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FormatException("id is missing: 1 to 40 of a-z, 0-9, '-' and '_' that name the store.");
        }

        var key = $"wk_{RandomNumberGenerator.GetString(KeyLetters, KeyLength)}";
        var file = StoreDefinition.Change(
            StoreDefinition.Of(new StoreFile { WriteKeys = new(StringComparer.Ordinal) { [key] = "web" } }), members);
        RefuseDefaultKey(file);
        var id = new StoreId(file.Id);
        var made = await PutAsync(id, known => known is null ? (file, false) : throw new StoreException(
            StatusCodes.Status409Conflict, "store_exists", $"There is a store '{id}'; ids are never used again."), by);
        return (made, file.WriteKeys.Keys.First());
    }

    /// <summary>Changes settings. The same again is no change.</summary>
    /// <param name="store">The store, which is there.</param>
    /// <param name="version">The version that whoever changes it has read.</param>
    /// <param name="members">The members of <c>store.json</c> that change.</param>
    /// <param name="by">Who changes it.</param>
    /// <exception cref="FormatException">A member is wrong; the message names it.</exception>
    /// <exception cref="StoreException">Others were first, it is closed, or it has events and must stay as it is.</exception>
    public Task<KeptStore> ChangeAsync(StoreId store, long version, IReadOnlyCollection<JsonProperty> members, string by) =>
        PutAsync(
            store,
            known =>
            {
                var current = StoreOfRequest.Open(known, store.Value);
                if (current.Record.Version != version)
                {
                    throw new StoreException(
                        StatusCodes.Status409Conflict, "store_changed",
                        $"The store is at version {current.Record.Version} and no longer at {version}: read it again, and change that.");
                }

                var file = StoreDefinition.Change(current.Record.Definition, members);
                RefuseDefaultKey(file, current);
                return new StoreId(file.Id) == store
                    ? (file, false)
                    : throw new FormatException($"id is '{file.Id}', and the address says '{store}'; the id of a store stays.");
            },
            by);

    /// <summary>Closes a store for good: its jobs end, nobody writes to it or reads it. Closed again, it stays as it is.</summary>
    /// <exception cref="StoreException">There is no such store.</exception>
    public async Task<KeptStore> CloseAsync(StoreId store, string by, CancellationToken cancellation)
    {
        var closed = await PutAsync(
            store,
            known => known is null ? throw StoreOfRequest.Unknown(store.Value) : (StoreFileReader.Read(known.Record.Definition), true), by);
        foreach (var lane in Enum.GetValues<JobLane>())
        {
            foreach (var job in await jobRecords.OpenAsync(store, lane, cancellation))
            {
                await jobs.CancelAsync(store, job.Id, cancellation);
            }
        }

        return closed;
    }

    private async Task<KeptStore> PutAsync(StoreId store, Func<KeptStore?, (StoreFile File, bool IsClosed)> change, string by)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var book = await records.ReadAsync();
            var all = book.All.Select(KeptStore.Of).ToList();
            var known = all.Find(s => s.Id == store);
            var (file, isClosed) = change(known);
            if (known is not null && StoreShards.FindRefusal(file, known) is { } refusal)
            {
                throw new StoreException(StatusCodes.Status409Conflict, "store_has_shards", refusal);
            }

            var record = new StoreRecord
            {
                Store = store,
                At = time.GetUtcNow(),
                By = by,
                Definition = StoreDefinition.Of(file),
                IsClosed = isClosed || known is { Record.IsClosed: true },
                Pseudonyms = PseudonymKeys.For(file, known),
                Shards = StoreShards.For(file, known),
            };
            RefuseTakenKeys(all, record);
            if (known is not null && (known.Record.Definition, known.Record.IsClosed) == (record.Definition, record.IsClosed))
            {
                await follower.TellAsync(book.Revision);
                return known;
            }

            switch (await records.TryPutAsync(record, StoreStamp.Of(file.ToSettings()), book.Revision))
            {
                case StoreChange.Kept:
                    await follower.TellAsync(book.Revision + 1);
                    return stores.Get(store);
                case StoreChange.HasEvents:
                    throw new StoreException(
                        StatusCodes.Status409Conflict, "store_has_events",
                        $"The store has events, whose amounts are kept in {known!.Settings.Currency.Code} and whose days are those of "
                            + $"{known.Settings.TimeZone.Id}: currency and timeZone stay. Make another store for others.");
                case StoreChange.HasShards:
                    throw new StoreException(
                        StatusCodes.Status409Conflict, "store_has_shards",
                        StoreShards.Refusal(file, known?.Settings.Shards ?? ShardCount.Default));
                case StoreChange.HasPeople:
                    throw new StoreException(
                        StatusCodes.Status409Conflict, "store_has_people", $"The store {PseudonymKeys.WhyTheyStay(known)}: make another "
                            + "store, with the setting that you want from the start, and send to that.");
            }
        }

        throw new TimeoutException("Others change the stores all the time.");
    }

    // Everyone knows it.
    private static void RefuseDefaultKey(StoreFile file, KeptStore? known = null)
    {
        if (file.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey) && known?.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey) != true)
        {
            throw new FormatException($"writeKeys: everyone knows {StoreFile.DefaultWriteKey}; give the store a key of its own.");
        }
    }

    // A key says whose events are sent with it.
    private static void RefuseTakenKeys(List<KeptStore> all, StoreRecord record)
    {
        var keys = KeptStore.Of(record).WriteKeys;
        if (all.Exists(s => s.Id != record.Store && s.WriteKeys.Keys.Any(keys.ContainsKey)))
        {
            throw new StoreException(
                StatusCodes.Status409Conflict, "write_key_taken", "writeKeys: one is the key of another store; choose another one.");
        }
    }
}
