using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Domain;

/// <summary>How the domain is written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(EventKeyJsonConverter)])]
[JsonSerializable(typeof(AcquisitionCost))]
[JsonSerializable(typeof(AsOfSnapshots))]
[JsonSerializable(typeof(CustomerEvent))]
[JsonSerializable(typeof(CustomerEvent[]))]
[JsonSerializable(typeof(CustomerId))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(CustomerSummary))]
[JsonSerializable(typeof(MarketCalendar))]
[JsonSerializable(typeof(MarketEntry))]
[JsonSerializable(typeof(ImmutableArray<MarketEntry>))]
public sealed partial class DomainJson : JsonSerializerContext;
