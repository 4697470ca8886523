using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Features;
using ClvOrleans.Model.Jobs;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Segments;
using ClvOrleans.Model.Trainings;

namespace ClvOrleans.Model;

/// <summary>How the domain is written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(EventKeyJsonConverter)])]
[JsonSerializable(typeof(CategoryPrices))]
[JsonSerializable(typeof(CustomerEvent))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(CustomerSummary))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(MarketEntry))]
[JsonSerializable(typeof(ImmutableArray<MarketEntry>))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(SegmentSums))]
[JsonSerializable(typeof(TrainingRecord))]
public sealed partial class ModelJson : JsonSerializerContext;
