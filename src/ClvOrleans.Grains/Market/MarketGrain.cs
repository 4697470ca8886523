using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Domain.Market;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Grains.Market;

/// <inheritdoc cref="IMarketGrain" />
[GrainType("market")]
public sealed class MarketGrain(IMarketEntries entries, MarketCache cache) : Grain, IMarketGrain
{
    private MarketCalendar _calendar = MarketCalendar.Empty;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _calendar = await entries.ReadAsync(GrainKeys.ToStore(this.GetPrimaryKeyString()), cancellationToken);

    /// <inheritdoc />
    public Task<MarketReply> ReadAsync() => Task.FromResult(new MarketReply(_calendar));

    /// <inheritdoc />
    public async Task PutAsync(PutMarket command)
    {
        var store = GrainKeys.ToStore(this.GetPrimaryKeyString());
        await entries.PutAsync(store, command.Entries);
        _calendar = command.Entries.Aggregate(_calendar, (calendar, entry) => calendar.With(entry));
        cache.Forget(store);
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(string id)
    {
        var store = GrainKeys.ToStore(this.GetPrimaryKeyString());
        var removed = await entries.RemoveAsync(store, id);
        if (removed)
        {
            _calendar = _calendar.Without(id);
            cache.Forget(store);
        }

        return removed;
    }
}
