using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The own segments of the store.</summary>
internal sealed record OwnSegmentList
{
    /// <summary>
    /// Revision of the definitions that customers are looked at by. Of those who wait (age.waiting) a membership may still be of an earlier
    /// one; where none wait, every count here is that of this revision, and equals the members listed.
    /// </summary>
    public required long Revision { get; init; }

    /// <summary>How old the figures are, and how many customers still wait to be looked at by this revision.</summary>
    public required FiguresAge Age { get; init; }

    /// <summary>How much of the store has been looked at by this revision, 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The segments, by name.</summary>
    public required IReadOnlyList<OwnSegmentReply> Segments { get; init; }

    public static OwnSegmentList Of(SegmentDefinitions definitions, SegmentReport report, StoreSettings store, ValueIntervals intervals)
    {
        var customers = report.Rows.Sum(r => r.Sums.Customers);
        return new OwnSegmentList
        {
            Revision = report.Definitions,
            Age = FiguresAge.Of(report),
            Progress = report.Definitions < definitions.Revision ? 0 : customers == 0 ? 1 : 1 - ((double)report.Waiting / customers),
            Currency = store.Currency.Code,
            Segments = [.. definitions.All.Select(d => OwnSegmentReply.Of(d, report, store, intervals))],
        };
    }
}
