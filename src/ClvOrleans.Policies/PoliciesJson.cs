using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Policies;

/// <summary>How policies and decisions are written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(DecisionCharge))]
[JsonSerializable(typeof(Enrollment))]
[JsonSerializable(typeof(PolicyTerms))]
public sealed partial class PoliciesJson : JsonSerializerContext;
