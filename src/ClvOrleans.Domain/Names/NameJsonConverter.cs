using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Domain.Names;

/// <summary>Writes a value that is one text as that text.</summary>
/// <param name="read">The value of a text; throws a <see cref="FormatException"/> where it is none.</param>
/// <param name="write">The text of a value.</param>
/// <typeparam name="T">The value.</typeparam>
public class NameJsonConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
}
