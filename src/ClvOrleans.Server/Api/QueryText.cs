using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Http;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>Reads query parameters; each error names its parameter.</summary>
internal static class QueryText
{
    public static Horizon Horizon(string? text, Horizon otherwise) => text is null
        ? otherwise
        : Domain.Stores.Horizon.TryParse(text, out var horizon)
            ? horizon
            : throw new QueryException(
                "horizon", $"'{text}' is not 1 to 3,650 days, such as 90, 90d, 12w, 6m (30 days each) or 1y (365 days)");

    public static DateOnly? Day(string name, string? text, DateOnly last)
    {
        if (text is null)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new QueryException(name, $"'{text}' is not a date such as 2026-01-31");
        }

        return day <= last ? day : throw new QueryException(name, $"{text} is after today, {last:yyyy-MM-dd} in the store's time zone");
    }

    public static int Count(string name, int? number, int otherwise, int least, int most) => number is not { } count
        ? otherwise
        : count >= least && count <= most ? count : throw new QueryException(name, $"{count} is not {least} to {most}");

    public static CustomerRowSort Sort(string? text) => text is null
        ? CustomerRowSort.Predicted
        : Enum.TryParse<CustomerRowSort>(text, true, out var sort)
        && Enum.GetNames<CustomerRowSort>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? sort
            : throw new QueryException("sort", $"'{text}' is not predicted, historic, atRisk or lastSeen");

    public static (Lifecycle? Lifecycle, ValueTier? Tier) Segment(string? segment, string? tier)
    {
        (Lifecycle? lifecycle, ValueTier? cut) = (null, null);
        if (segment is not null)
        {
            if (!SegmentNames.TryParse(segment, out var parsed, out cut))
            {
                throw new QueryException("segment", $"'{segment}' is not a lifecycle (prospect, new, active, cooling, at-risk, lost) or a "
                    + "segment such as at-risk.top-5");
            }

            lifecycle = parsed;
        }

        if (tier is not null)
        {
            if (lifecycle == Lifecycle.Prospect || cut is not null || !SegmentNames.TryParse("new." + tier, out _, out cut))
            {
                throw new QueryException(
                    "tier", $"'{tier}' is not top-1, top-5, top-10, top-25, top-50 or rest, or the segment has a tier already, or none");
            }
        }

        return (lifecycle, cut);
    }

    public static RfmScore? Rfm(string? text) => text is null ? null
        : RfmScore.TryParse(text, out var score) ? score
        : throw new QueryException("rfm", $"'{text}' is not three scores from 1 to 5, such as 5-4-5");

    public static ClusterId? Cluster(string? text) => text is null ? null
        : ClusterId.TryParse(text, out var id) ? id
        : throw new QueryException("cluster", $"'{text}' is not the id of a cluster, such as c3");

    public static Money MinValue(decimal? amount, Currency currency) => amount is not { } value
        ? Money.Zero
        : value is >= 0 and <= 10_000_000_000_000
            ? currency.Round(value)
            : throw new QueryException("minValue", $"{value} is not an amount of 0 to 10^13");
}
