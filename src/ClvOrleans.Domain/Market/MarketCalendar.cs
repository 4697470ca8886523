using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ClvOrleans.Domain.Market;

/// <summary>A store's promotions, seasons and competitor activity.</summary>
/// <param name="Entries">All entries, by id.</param>
public sealed record MarketCalendar(ImmutableSortedDictionary<string, MarketEntry> Entries)
{
    private static readonly ConditionalWeakTable<MarketCalendar, string> Versions = [];

    /// <summary>A calendar without entries.</summary>
    public static MarketCalendar Empty { get; } = new(ImmutableSortedDictionary.Create<string, MarketEntry>(StringComparer.Ordinal));

    /// <summary>The calendar with an entry added or replaced.</summary>
    public MarketCalendar With(MarketEntry entry) => new(Entries.SetItem(entry.Id, entry));

    /// <summary>The calendar without an entry.</summary>
    public MarketCalendar Without(string id) => new(Entries.Remove(id));

    /// <summary>
    /// The calendar as it could be known at the end of a day: the store plans its promotions and knows its seasons ahead, but of
    /// competitors it knows only what they have done.
    /// </summary>
    public MarketCalendar AsKnownOn(DateOnly day) => new(Entries.Values
        .Where(e => e.Kind != MarketKind.Competitor || e.From <= day)
        .Select(e => e.Kind == MarketKind.Competitor && e.To > day ? e with { To = day } : e)
        .ToImmutableSortedDictionary(e => e.Id, e => e, StringComparer.Ordinal));

    /// <summary>Names the content, so that an estimate can say what it read: 16 hexadecimal digits, equal for equal entries.</summary>
    public string ToVersion() => Versions.GetValue(this, calendar => calendar.Hash());

    private string Hash()
    {
        var hash = new XxHash64();
        Span<byte> length = stackalloc byte[4];
        foreach (var entry in Entries.Values)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(entry, DomainJson.Default.MarketEntry);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.Append(length);
            hash.Append(bytes);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>What models read of a day.</summary>
    public MarketFeatures At(DateOnly day)
    {
        double promotion = 0, season = 0, competitor = 0;
        int? since = null, until = null;
        foreach (var entry in Entries.Values)
        {
            if (entry.To < day)
            {
                since = Math.Min(since ?? int.MaxValue, day.DayNumber - entry.To.DayNumber);
                continue;
            }

            if (entry.From > day)
            {
                until = Math.Min(until ?? int.MaxValue, entry.From.DayNumber - day.DayNumber);
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

        return new MarketFeatures(promotion, season, competitor, since, until);
    }
}
