using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation;

/// <summary>How models and trainings are written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(EventKeyJsonConverter)])]
[JsonSerializable(typeof(CategoryPrices))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(SegmentCell))]
[JsonSerializable(typeof(SegmentDefinition))]
[JsonSerializable(typeof(SegmentSums))]
[JsonSerializable(typeof(TierThresholds))]
[JsonSerializable(typeof(TrainingRecord))]
[JsonSerializable(typeof(ImmutableArray<Transition>))]
[JsonSerializable(typeof(Transition))]
[JsonSerializable(typeof(WatchState))]
public sealed partial class ValuationJson : JsonSerializerContext;
