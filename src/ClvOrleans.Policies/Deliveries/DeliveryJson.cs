using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>How deliveries and subscriptions are written down: compact JSON, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(Subscription))]
public sealed partial class DeliveryJson : JsonSerializerContext;
