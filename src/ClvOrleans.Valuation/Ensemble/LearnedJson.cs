using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>How learned models are written down: numbers so that they read back bit for bit, those that are none by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LearnedBody))]
internal sealed partial class LearnedJson : JsonSerializerContext;
