using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Contracts;

/// <summary>
/// The domain's values that messages carry. They are immutable, and travel as the JSON of the journal, each under an alias, so that silos
/// of two versions understand each other where a type was renamed. Enums that are members of messages travel as the numbers that they
/// state.
/// </summary>
public static class MessageValues
{
    /// <summary>The types of the values by alias. An alias stays for ever; what a message carries anew needs a row here.</summary>
    public static IReadOnlyDictionary<string, Type> ByAlias { get; } = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["clv.value.customer"] = typeof(CustomerId),
        ["clv.value.event"] = typeof(CustomerEvent),
        ["clv.value.job"] = typeof(JobRecord),
        ["clv.value.logline"] = typeof(LogLine),
        ["clv.value.market"] = typeof(MarketCalendar),
        ["clv.value.marketentry"] = typeof(MarketEntry),
        ["clv.value.segmentcell"] = typeof(SegmentCell),
        ["clv.value.segmentsums"] = typeof(SegmentSums),
        ["clv.value.snapshots"] = typeof(AsOfSnapshots),
        ["clv.value.summary"] = typeof(CustomerSummary),
        ["clv.value.thresholds"] = typeof(TierThresholds),
    };

    /// <summary>How they are written: as the journal and the registry are, by the contexts of the domain and of the valuation.</summary>
    public static JsonSerializerOptions Json { get; } = new(DomainJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(DomainJson.Default, ValuationJson.Default),
    };

    private static FrozenSet<Type> Types { get; } = ByAlias.Values.ToFrozenSet();

    /// <summary>Whether a type is one of them.</summary>
    public static bool Contains(Type type) => Types.Contains(type);
}
