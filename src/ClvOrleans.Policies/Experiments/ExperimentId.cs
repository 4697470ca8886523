using System.Text.Json;
using System.Text.Json.Serialization;

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
    public static bool IsValid(string? value) => value is { Length: > 0 and <= 63 } && value[0] is >= 'a' and <= 'z'
        && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <inheritdoc />
    public override string ToString() => Value;

    internal sealed class ExperimentIdJsonConverter : JsonConverter<ExperimentId>
    {
        public override ExperimentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ExperimentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
