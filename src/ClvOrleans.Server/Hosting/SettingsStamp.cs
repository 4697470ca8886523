using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Before anything is served: sees to it that store.json is the one that the journal was filled with, writes it for a new store, and has
/// everything estimated anew where the margin, the horizon or the discount rate changed.
/// </summary>
internal sealed class SettingsStamp(
    ProcessOptions options, StoreFile file, IStoreRecords records, StoreFollower follower, IStoreStamps stamps, TimeProvider time)
    : BeforeServing
{
    private readonly StoreSettings _store = file.ToSettings();

    private string Path => StoreFile.PathIn(options.DataFolder);

    /// <exception cref="InvalidOperationException">
    /// The journal is of a store of other settings; the message says which, and what to do.
    /// </exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        var known = await stamps.ReadAsync(cancellationToken);
        var (now, stamp) = (StoreStamp.Of(_store), known.FirstOrDefault(s => s.Store == _store.Id));
        if (!File.Exists(Path))
        {
            await RefuseLostFileAsync(known, cancellationToken);
        }

        if (await FindOtherStoreAsync(known, cancellationToken) is { } other)
        {
            throw new InvalidOperationException(
                $"{Path}: id is '{now.Store}', but the journal in this folder is of another store, '{other}': put id back, or name "
                    + "another folder with --data.");
        }

        var definition = StoreDefinition.Of(file);
        var declared = (await records.HistoryAsync(_store.Id, cancellationToken)).FirstOrDefault(r => r.By == StoreFile.Name);
        var isChanged = declared is null || StoreDefinition.Of(StoreFileReader.Read(declared.Definition)) != definition;

        // Before the first event nothing was folded by them. What was changed since by others counts until the file is changed.
        if (isChanged && stamp is not null && (await stamps.FindStoresAsync(cancellationToken)).Contains(stamp.Store))
        {
            Refuse("currency", now.Currency, stamp.Currency, "its amounts are kept in");
            Refuse("timeZone", now.TimeZone, stamp.TimeZone, "its days are those of");
        }

        file.WriteIfNew(options.DataFolder);
        if (isChanged)
        {
            await DeclareAsync(definition, now, cancellationToken);
        }

        await follower.FollowAsync(cancellationToken);
    }

    // Several silos may start at once, with the same file.
    private async Task DeclareAsync(string definition, StoreStamp stamp, CancellationToken cancellation)
    {
        for (var change = StoreChange.Outdated; change == StoreChange.Outdated;)
        {
            var book = await records.ReadAsync(cancellation);
            var known = book.All.FirstOrDefault(s => s.Store == _store.Id);
            if (known is { By: StoreFile.Name } && known.Definition == definition)
            {
                return;
            }

            if (book.All.Where(s => s.Store != _store.Id).Select(KeptStore.Of)
                .FirstOrDefault(s => s.WriteKeys.Keys.Any(file.WriteKeys.ContainsKey)) is { } other)
            {
                throw new InvalidOperationException(
                    $"{Path}: one of the writeKeys is the key of the store '{other.Id}': choose another one.");
            }

            var before = known is null ? null : KeptStore.Of(known);
            if (before is { HasLostKey: true } && !file.Pseudonyms)
            {
                throw new InvalidOperationException(
                    $"{Path}: pseudonyms is not true, but people of this store are kept under pseudonyms whose key is gone: put it back.");
            }

            if (before is not null && StoreShards.FindRefusal(file, before) is { } refusal)
            {
                throw new InvalidOperationException($"{Path}: {refusal}");
            }

            var record = new StoreRecord
            {
                Store = _store.Id,
                At = time.GetUtcNow(),
                By = StoreFile.Name,
                Definition = definition,
                IsClosed = known is { IsClosed: true },
                Pseudonyms = PseudonymKeys.For(file, before),
                Shards = StoreShards.For(file, before),
            };
            change = await records.TryPutAsync(record, stamp, book.Revision, cancellation);
            if (change == StoreChange.HasShards)
            {
                throw new InvalidOperationException($"{Path}: {StoreShards.Refusal(file, before?.Settings.Shards ?? ShardCount.Default)}");
            }

            if (change == StoreChange.HasPeople)
            {
                throw new InvalidOperationException(
                    $"{Path}: pseudonyms is {(file.Pseudonyms ? "true" : "not true")}, but this store "
                        + $"{PseudonymKeys.WhyTheyStay(before)}: put it back, or name another folder with --data for a new store.");
            }
        }
    }

    private void Refuse(string field, string given, string stamped, string meaning)
    {
        if (given != stamped)
        {
            throw new InvalidOperationException(
                $"{Path}: {field} is '{given}', but this store has events, and {meaning} '{stamped}': put it back, or name another "
                    + "folder with --data for a new store.");
        }
    }

    private async Task RefuseLostFileAsync(IReadOnlyList<StoreStamp> known, CancellationToken cancellation)
    {
        var first = (await records.ReadAsync(cancellation)).All.MinBy(s => s.CreatedIn)?.Store;
        if (known.OrderByDescending(s => s.Store == first).FirstOrDefault() is { } stamp)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path} is missing, though the folder holds the journal of a store: put it back, or write one with id "
                    + $"'{stamp.Store}', currency '{stamp.Currency}', timeZone '{stamp.TimeZone}', "
                    + $"marginBasisPoints {stamp.MarginBasisPoints}, horizonDays {stamp.HorizonDays} and "
                    + $"annualDiscountRate {stamp.AnnualDiscountRate}."));
        }

        if (await stamps.FindStoresAsync(cancellation) is [var id, ..])
        {
            throw new InvalidOperationException(
                $"{Path} is missing, though the folder holds the journal of a store, '{id}': put it back, with the currency and the time "
                    + "zone that its events are in.");
        }
    }

    // Of a journal that keeps no stores yet, stamps tell, and without them its customers. Other stores than the first were made by the API.
    private async Task<StoreId?> FindOtherStoreAsync(IReadOnlyList<StoreStamp> known, CancellationToken cancellation)
    {
        if ((await records.ReadAsync(cancellation)).All.MinBy(s => s.CreatedIn) is { } first)
        {
            return first.Store == _store.Id ? null : first.Store;
        }

        var stores = known.Select(s => s.Store).Concat(await stamps.FindStoresAsync(cancellation)).ToList();
        return stores.Count == 0 || stores.Contains(_store.Id) ? null : stores[0];
    }
}
