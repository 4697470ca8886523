using ClvOrleans.Contracts;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Server.Rules;

/// <summary>Defines the own segments of the store, and has its customers looked at anew.</summary>
internal sealed class OwnSegments(
    OneStore store, ISegmentDefinitions definitions, WatchCache watches, IGrainFactory grains, TimeProvider time)
{
    private const int MostTries = 10;

    public Task<SegmentDefinitions> ReadAsync() => definitions.ReadAsync(store.Settings.Id);

    public Task<IReadOnlyList<SegmentDefinition>> HistoryAsync(SegmentId segment) => definitions.HistoryAsync(store.Settings.Id, segment);

    /// <summary>Defines or changes a segment; the same again changes nothing.</summary>
    /// <exception cref="FormatException">It cannot be: why, where and what to do.</exception>
    public async Task<SegmentDefinition> PutAsync(SegmentId segment, string rule, string description)
    {
        var definition = new SegmentDefinition { Id = segment, Rule = rule, Description = description, At = time.GetUtcNow() };
        return (await ChangeAsync(segment, known => known?.Rule == rule && known.Description == description ? null : definition))!;
    }

    /// <summary>Removes a segment. False where there is none.</summary>
    /// <exception cref="FormatException">Rules of other segments ask for it.</exception>
    public async Task<bool> RemoveAsync(SegmentId segment)
    {
        var found = false;
        await ChangeAsync(segment, known =>
        {
            found = known is not null;
            return known is null ? null : known with { IsRemoved = true, At = time.GetUtcNow() };
        });
        return found;
    }

    // Null leaves it as it is.
    private async Task<SegmentDefinition?> ChangeAsync(SegmentId segment, Func<SegmentDefinition?, SegmentDefinition?> change)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var all = await ReadAsync();
            var known = all.All.FirstOrDefault(d => d.Id == segment);
            if (change(known) is not { } changed)
            {
                return known;
            }

            SegmentRules.Check(store.Settings.Currency, all, changed);
            if (await definitions.TryPutAsync(store.Settings.Id, changed, all.Revision))
            {
                watches.Forget(store.Settings.Id);
                await grains.GetRefresh(store.Settings.Id).WatchAsync();
                return changed with { Revision = all.Revision + 1 };
            }
        }

        throw new TimeoutException("Others change the segments all the time.");
    }
}
