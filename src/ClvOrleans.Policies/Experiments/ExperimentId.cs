using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Policies.Experiments;

/// <summary>An experiment of a store: a small letter, then up to 62 of a-z, 0-9 and '-'; safe in keys, subjects and addresses.</summary>
[JsonConverter(typeof(ExperimentIdJsonConverter))]
public readonly record struct ExperimentId
{
    private readonly string? _value;

    /// <summary>
    /// Checks and wraps an experiment's name. <exception cref="FormatException">It holds another character or is too long.</exception>
    /// </summary>
    public ExperimentId(string value)
    {
        if (!IsValid(value))
        {
            throw new FormatException($"Experiment '{value}': a small letter, then up to 62 of a-z, 0-9 and '-' are allowed.");
        }

        _value = value;
    }

    /// <summary>The name.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset ExperimentId was used.");

    /// <summary>Whether a text can name an experiment.</summary>
    public static bool IsValid(string? value) => ShortName.IsValid(value);

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class ExperimentIdJsonConverter() : NameJsonConverter<ExperimentId>(text => new(text), id => id.Value);
}
