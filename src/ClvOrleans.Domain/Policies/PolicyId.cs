using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Domain.Policies;

/// <summary>A policy of a store: a small letter, then up to 62 of a-z, 0-9 and '-'; safe in keys, subjects and addresses.</summary>
[JsonConverter(typeof(PolicyIdJsonConverter))]
public readonly record struct PolicyId
{
    private readonly string? _value;

    /// <summary>
    /// Checks and wraps a policy's name. <exception cref="FormatException">It holds another character or is too long.</exception>
    /// </summary>
    public PolicyId(string value)
    {
        if (!IsValid(value))
        {
            throw new FormatException($"Policy '{value}': a small letter, then up to 62 of a-z, 0-9 and '-' are allowed.");
        }

        _value = value;
    }

    /// <summary>The name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset PolicyId was used.");

    /// <summary>Whether a text can name a policy.</summary>
    public static bool IsValid(string? value) => ShortName.IsValid(value);

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class PolicyIdJsonConverter() : NameJsonConverter<PolicyId>(text => new(text), id => id.Value);
}
