using System.Collections.Immutable;

namespace ClvOrleans.Model.Market;

/// <summary>A store's promotions, seasons and competitor activity.</summary>
/// <param name="Entries">All entries, by id.</param>
public sealed record MarketCalendar(ImmutableSortedDictionary<string, MarketEntry> Entries)
{
    /// <summary>A calendar without entries.</summary>
    public static MarketCalendar Empty { get; } = new(ImmutableSortedDictionary.Create<string, MarketEntry>(StringComparer.Ordinal));

    /// <summary>The calendar with an entry added or replaced.</summary>
    public MarketCalendar With(MarketEntry entry) => new(Entries.SetItem(entry.Id, entry));

    /// <summary>The calendar without an entry.</summary>
    public MarketCalendar Without(string id) => new(Entries.Remove(id));

    /// <summary>What models read of a day.</summary>
    public MarketFeatures At(DateOnly day)
    {
        double promotion = 0, season = 0, competitor = 0;
        foreach (var entry in Entries.Values)
        {
            if (day < entry.From || day > entry.To)
            {
                continue;
            }

            switch (entry.Kind)
            {
                case MarketKind.Promotion:
                    promotion = Math.Max(promotion, entry.Strength);
                    break;
                case MarketKind.Season:
                    season = Math.Max(season, entry.Strength);
                    break;
                case MarketKind.Competitor:
                    competitor = Math.Max(competitor, entry.Strength);
                    break;
            }
        }

        return new MarketFeatures(promotion, season, competitor);
    }
}
