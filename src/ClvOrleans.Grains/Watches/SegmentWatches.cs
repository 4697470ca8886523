using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Watches;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Watches;

/// <summary>The own segments of stores, as watches.</summary>
internal sealed partial class SegmentWatches(ISegmentDefinitions definitions, ILogger<SegmentWatches> logger) : IWatchSource
{
    /// <inheritdoc />
    public WatchKind Kind => WatchKind.Segment;

    /// <inheritdoc />
    public async Task<WatchDefinitions> ReadAsync(StoreSettings store)
    {
        var all = await definitions.ReadAsync(store.Id);
        return new WatchDefinitions(all.Revision, () => SegmentRules.WatchesOf(
            store.Currency, all, (definition, e) => LogUnusable(e, definition.Id.Value, store.Id)));
    }

    [LoggerMessage(
        4005, LogLevel.Error,
        "The rule of segment {Segment} of store {Store} cannot be read; the segment is empty until it is defined anew.")]
    private partial void LogUnusable(Exception error, string segment, StoreId store);
}
