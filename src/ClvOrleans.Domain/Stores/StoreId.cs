using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Domain.Stores;

/// <summary>A store (tenant): 1 to 40 of a-z, 0-9, '-' and '_'; safe in keys, file names and addresses.</summary>
[JsonConverter(typeof(StoreIdJsonConverter))]
public readonly record struct StoreId
{
    private readonly string? _value;

    /// <summary>
    /// Checks and wraps a store's name. <exception cref="FormatException">It holds another character or is too long.</exception>
    /// </summary>
    public StoreId(string value)
    {
        if (!IsValid(value))
        {
            throw new FormatException($"Store '{value}': 1 to 40 of a-z, 0-9, '-' and '_' are allowed.");
        }

        _value = value;
    }

    /// <summary>The name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset StoreId was used.");

    /// <summary>Whether a text can name a store.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= 40 } && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class StoreIdJsonConverter() : NameJsonConverter<StoreId>(text => new(text), id => id.Value);
}
