using System.Globalization;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Stamps;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Before anything is served: sees to it that store.json is the one that the journal was filled with, writes it for a new store, and has
/// everything estimated anew where the margin, the horizon or the discount rate changed.
/// </summary>
internal sealed class SettingsStamp(ProcessOptions options, StoreFile file, StoreDirectory stores, IStoreStamps stamps, TimeProvider time)
    : IHostedLifecycleService
{
    private readonly KeptStore _store = new(file.ToSettings(), file.WriteKeys, file.Sources) { StockSources = file.StockSources };

    private string Path => StoreFile.PathIn(options.DataFolder);

    /// <exception cref="InvalidOperationException">
    /// The journal is of a store of other settings; the message says which, and what to do.
    /// </exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var known = await stamps.ReadAsync(cancellationToken);
        var (now, stamp) = (StoreStamp.Of(_store.Settings), known.FirstOrDefault(s => s.Store == _store.Settings.Id));
        if (!File.Exists(Path))
        {
            await RefuseLostFileAsync(known, cancellationToken);
        }

        if (stamp is null && await FindOtherStoreAsync(known, cancellationToken) is { } other)
        {
            throw new InvalidOperationException(
                $"{Path}: id is '{now.Store}', but the journal in this folder is of another store, '{other}': put id back, or name "
                    + "another folder with --data.");
        }

        // Before the first event nothing was folded by them.
        if (stamp is not null && (await stamps.FindStoresAsync(cancellationToken)).Contains(stamp.Store))
        {
            Refuse("currency", now.Currency, stamp.Currency, "its amounts are kept in");
            Refuse("timeZone", now.TimeZone, stamp.TimeZone, "its days are those of");
        }

        file.WriteIfNew(options.DataFolder);
        await stamps.WriteAsync(now, time.GetUtcNow(), cancellationToken);
        stores.Set([_store]);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
        if (known is [var stamp, ..])
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

    // Of a journal that no stamp was left in, its customers tell.
    private async Task<string?> FindOtherStoreAsync(IReadOnlyList<StoreStamp> known, CancellationToken cancellation)
    {
        var stores = known.Select(s => s.Store).Concat(await stamps.FindStoresAsync(cancellation)).ToList();
        return stores.Count == 0 || stores.Contains(_store.Settings.Id) ? null : stores[0].Value;
    }
}
