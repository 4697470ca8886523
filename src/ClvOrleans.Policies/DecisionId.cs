using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Names;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies;

/// <summary>
/// A decision: 32 hexadecimal digits that follow from store, customer, policy and occasion, so that a decision that is taken again is the
/// same one.
/// </summary>
[JsonConverter(typeof(DecisionIdJsonConverter))]
public readonly record struct DecisionId
{
    private const int Digits = 32;
    private readonly string? _value;

    /// <summary>Checks and wraps the digits. <exception cref="FormatException">It is not 32 small hexadecimal digits.</exception></summary>
    public DecisionId(string value) => _value = value is { Length: Digits } && value.All(char.IsAsciiHexDigitLower)
        ? value
        : throw new FormatException($"Decision '{value}': {Digits} of 0-9 and a-f were expected.");

    /// <summary>The digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset DecisionId was used.");

    /// <summary>The decision of a customer and policy on an occasion.</summary>
    /// <param name="customer">The customer to whom it happened; not whom they have become since.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="occasion">What happened.</param>
    public static DecisionId Of(CustomerId customer, PolicyId policy, Occasion occasion) => new(Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{customer.Store}\n{policy}\n{occasion}\n{customer.ToText()}")))[..Digits]);

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class DecisionIdJsonConverter() : NameJsonConverter<DecisionId>(text => new(text), id => id.Value);
}
