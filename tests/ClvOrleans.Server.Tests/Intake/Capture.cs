using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>A request as a published client sent it.</summary>
internal sealed record Capture(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    // The length and address are those of the test's own request.
    private static readonly string[] OfConnection = ["host", "content-length", "connection", "accept-encoding"];

    public bool IsZipped => Headers.Any(h => h is ("content-encoding", "gzip"));

    /// <summary>How many events it holds.</summary>
    public int Events
    {
        get
        {
            if (Body.Length == 0)
            {
                return 0;
            }

            using var document = JsonDocument.Parse(Body);
            return document.RootElement.TryGetProperty("batch", out var batch) ? batch.GetArrayLength() : 1;
        }
    }

    public static Capture Read(JsonElement json) => new(
        json.GetProperty("method").GetString()!,
        json.GetProperty("url").GetString()!.TrimStart('/'),
        [.. json.GetProperty("headers").EnumerateObject().Where(h => !OfConnection.Contains(h.Name))
            .Select(h => (h.Name, h.Value.GetString()!))],
        Encoding.UTF8.GetBytes(json.GetProperty("body").GetString()!));
}
