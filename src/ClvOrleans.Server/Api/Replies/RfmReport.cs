using System.Collections.Immutable;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The grid of recency, frequency and money.</summary>
internal sealed record RfmReport
{
    /// <summary>How old the figures are.</summary>
    public required FiguresAge Age { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>How many days predictions look ahead.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The promoted model, with which the cuts came.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Where the fifths are cut; null until a training has cut them.</summary>
    public RfmCutsReply? Cuts { get; init; }

    /// <summary>All who have scores.</summary>
    public required SegmentValues Total { get; init; }

    /// <summary>Customers who have bought and have no scores: until the first training, and while they wait to be looked at.</summary>
    public long? Unscored { get; init; }

    /// <summary>The ten named groups, the best first; those without customers are zero.</summary>
    public required IReadOnlyList<SegmentValues> Groups { get; init; }

    /// <summary>The cells with customers, by name, such as 5-4-5: recency, frequency, money.</summary>
    public required IReadOnlyList<RfmCell> Cells { get; init; }

    public static RfmReport Of(SegmentReport report, StoreSettings store, IValueModel model)
    {
        var cells = (report.Rfm ?? ImmutableSortedDictionary<string, SegmentSums>.Empty)
            .Select(c => (Score: RfmScore.Parse(c.Key), Sums: c.Value)).ToArray();
        var total = Sum(cells);
        var unscored = report.BuyerRows.Sum(r => r.Sums.Customers) - total.Customers;
        var groups = RfmGroups.All
            .Select(g => (Name: RfmGroups.Format(g), Cells: cells.Where(c => RfmGroups.Of(c.Score) == g).ToArray())).ToArray();

        // Of small groups no cell is told, and of the others none that the group would tell with the rest.
        var small = SmallGroups.Of(
            groups.Select(g => KeyValuePair.Create(g.Name, Sum(g.Cells).Customers))
                .Append(KeyValuePair.Create("", unscored)),
            store.SmallestGroup);
        var hidden = groups.SelectMany(g => small.Contains(g.Name) ? g.Cells.Select(c => c.Score)
            : SmallGroups.Of(g.Cells.Select(c => KeyValuePair.Create(c.Score, c.Sums.Customers)), store.SmallestGroup)).ToHashSet();
        return new RfmReport
        {
            Age = FiguresAge.Of(report),
            Currency = store.Currency.Code,
            HorizonDays = store.Horizon.Days,
            ModelVersion = model.Version.Id,
            Cuts = model.Version.Segmentation?.Rfm is { } cuts ? RfmCutsReply.Of(cuts, store.Currency) : null,
            Total = SegmentValues.Of(
                "total", small.Contains("") || !SmallGroups.MayTell(total.Customers, store.SmallestGroup) ? null : total, store,
                model.Intervals),
            Unscored = small.Contains("") ? null : unscored,
            Groups = [.. groups.Select(g =>
                SegmentValues.Of(g.Name, small.Contains(g.Name) ? null : Sum(g.Cells), store, model.Intervals))],
            Cells = [.. cells.Where(c => !hidden.Contains(c.Score)).Select(c => RfmCell.Of(c.Score, c.Sums, store, model.Intervals))],
        };

        static SegmentSums Sum(IEnumerable<(RfmScore Score, SegmentSums Sums)> cells) =>
            cells.Aggregate(default(SegmentSums), (sum, c) => sum + c.Sums);
    }
}
