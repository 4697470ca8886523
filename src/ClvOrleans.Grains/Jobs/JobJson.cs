using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Grains.Jobs;

/// <summary>What is asked of jobs and what comes of them, as JSON in the form of the API. Stores keep both.</summary>
public static class JobJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A request or result as JSON.</summary>
    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, Json);

    /// <summary>A request or result as it was. <exception cref="JsonException">It is of another form.</exception></summary>
    public static T Read<T>(JsonElement json) => json.Deserialize<T>(Json) ?? throw new JsonException($"There is no {typeof(T).Name}.");
}
