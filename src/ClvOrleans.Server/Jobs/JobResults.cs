using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Server.Jobs;

/// <summary>Results of jobs as JSON, in the form of the API.</summary>
internal static class JobResults
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };

    public static JsonElement Of<T>(T result) => JsonSerializer.SerializeToElement(result, Json);
}
