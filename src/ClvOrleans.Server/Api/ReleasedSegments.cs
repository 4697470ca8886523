using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Releases;
using ClvOrleans.Reports.Noise;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>The segments of a store with noise: lifecycles of all buyers, as of the end of the period that is over.</summary>
internal sealed class ReleasedSegments(OneStore store, StoreReleases releases, TimeProvider time)
{
    /// <summary>All lifecycles. Tiers are not released: they are cut among all buyers, and one more moves others.</summary>
    public async Task<SegmentList> ListAsync(CancellationToken cancellation)
    {
        var (release, figures) = await ReadAsync(cancellation);
        var told = figures.Groups.ToDictionary(g => g.Name, StringComparer.Ordinal);
        return new SegmentList
        {
            At = release.At,
            AsOf = release.Until,
            Age = AgeOf(release),
            Currency = store.Settings.Currency.Code,
            HorizonDays = store.Settings.Horizon.Days,
            ModelVersion = release.ModelVersion,
            Total = SegmentValues.OfReleased(
                "total", null, figures.Groups.Sum(g => g.Customers), figures.Groups.Sum(g => g.Historic),
                figures.Groups.Sum(g => g.Predicted), figures.Groups.Sum(g => g.AtRisk), store.Settings.Currency),
            Tiers = [],
            Segments = [.. Enum.GetValues<Lifecycle>().Where(l => l != Lifecycle.Prospect).Select(l => Values(l, told))],
            Noise = ReleaseTables.NoiseOf(release, figures),
        };
    }

    /// <summary>One lifecycle.</summary>
    public async Task<SegmentDetail> FindAsync(Lifecycle lifecycle, CancellationToken cancellation)
    {
        var (release, figures) = await ReadAsync(cancellation);
        var name = SegmentNames.Format(lifecycle);
        return new SegmentDetail
        {
            At = release.At,
            Age = AgeOf(release),
            Currency = store.Settings.Currency.Code,
            Total = Values(lifecycle, figures.Groups.ToDictionary(g => g.Name, StringComparer.Ordinal)),
            Segments = [],
            Customers = $"/api/v1/customers?segment={name}",
            Noise = ReleaseTables.NoiseOf(release, figures),
        };
    }

    private SegmentValues Values(Lifecycle lifecycle, Dictionary<string, ReleasedGroup> told)
    {
        var name = SegmentNames.Format(lifecycle);
        return told.TryGetValue(lifecycle.ToString(), out var g)
            ? SegmentValues.OfReleased(name, name, g.Customers, g.Historic, g.Predicted, g.AtRisk, store.Settings.Currency)
            : new() { Name = name, Lifecycle = name };
    }

    private FiguresAge AgeOf(ReportRelease release) => new()
    {
        At = release.At,
        Seconds = Math.Round(Math.Max(0, (time.GetUtcNow() - release.At).TotalSeconds), 3),
        OldestEstimate = release.Until,
        Waiting = 0,
        Failed = 0,
    };

    private async Task<(ReportRelease Release, ReleasedFigures Figures)> ReadAsync(CancellationToken cancellation)
    {
        var release = await releases.CurrentAsync(store.Settings.Id, cancellation);
        return release.Find(ReleasedTable.Lifecycle) is { } figures ? (release, figures)
            : throw new NoiseException("segments", "lifecycle is not among the tables of its noise");
    }
}
