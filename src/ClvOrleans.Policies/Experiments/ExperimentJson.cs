using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Policies.Experiments;

/// <summary>How experiments are written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ExperimentRecord))]
[JsonSerializable(typeof(Exposure))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(PolicyEffectReading))]
public sealed partial class ExperimentJson : JsonSerializerContext;
