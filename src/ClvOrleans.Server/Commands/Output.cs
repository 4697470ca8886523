using System.Text.Json;

namespace ClvOrleans.Server.Commands;

/// <summary>Prints replies: as they are for machines, indented for people.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> PrintAsync(HttpResponseMessage reply, bool json, CancellationToken cancellation)
    {
        var body = await reply.Content.ReadAsStringAsync(cancellation);
        if (!reply.IsSuccessStatusCode)
        {
            using var problem = JsonDocument.Parse(body);
            await Console.Error.WriteLineAsync(problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : body);
            return 1;
        }

        if (json)
        {
            Console.WriteLine(body);
        }
        else
        {
            using var document = JsonDocument.Parse(body);
            Console.WriteLine(JsonSerializer.Serialize(document.RootElement, Indented));
        }

        return 0;
    }
}
