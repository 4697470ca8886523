using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Server.Imports;

/// <summary>A line of the answer to an import: one of these.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Refused">Refused lines, where they were asked for.</param>
/// <param name="Result">The end.</param>
/// <param name="Error">The end, where the file could not be read.</param>
internal sealed record ImportMessage(
    ImportProgress? Progress = null, ImportRefusal? Refused = null, ImportResult? Result = null, ImportError? Error = null)
{
    /// <summary>How results are written, by the service and the command.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static ImportMessage Parse(string line) => JsonSerializer.Deserialize<ImportMessage>(line, Json)!;

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
