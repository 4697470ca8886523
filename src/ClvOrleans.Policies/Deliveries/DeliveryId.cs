using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>
/// A delivery: 32 hexadecimal digits. It is the idempotency key of all attempts: whoever receives one twice under the same id has it once.
/// </summary>
[JsonConverter(typeof(DeliveryIdJsonConverter))]
public readonly record struct DeliveryId
{
    private const int Digits = 32;
    private readonly string? _value;

    /// <summary>Checks and wraps the digits. <exception cref="FormatException">It is not 32 small hexadecimal digits.</exception></summary>
    public DeliveryId(string value) => _value = IsValid(value)
        ? value
        : throw new FormatException($"Delivery '{value}': {Digits} of 0-9 and a-f were expected.");

    /// <summary>The digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset DeliveryId was used.");

    /// <summary>Whether a text can be one.</summary>
    public static bool IsValid(string? value) => value is { Length: Digits } && value.All(char.IsAsciiHexDigitLower);

    /// <summary>The delivery of a decision.</summary>
    public static DeliveryId Of(DecisionId decision) => new(decision.Value);

    /// <summary>What tells a delivery from all others, such as a subscription and what it is told: the same again is the same.</summary>
    public static DeliveryId Of(params ReadOnlySpan<string> parts) => new(
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..Digits]);

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class DeliveryIdJsonConverter() : NameJsonConverter<DeliveryId>(text => new(text), id => id.Value);
}
