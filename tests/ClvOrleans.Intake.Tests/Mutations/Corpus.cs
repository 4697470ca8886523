using System.Text;
using System.Text.Json;

namespace ClvOrleans.Intake.Tests.Mutations;

/// <summary>All public files and bodies of the fixtures, cut so that a million mutants can be tried.</summary>
internal static class Corpus
{
    private const int MostBytes = 3_000;

    /// <summary>The bytes of each file, of each captured request's body, and of pieces of long files.</summary>
    public static IReadOnlyList<byte[]> Read()
    {
        var folder = SharedData.Find("fixtures");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".csv" or ".txt" or ".json" or ".jsonl" or ".parquet")
            .Where(f => !f.Contains("LICENSE", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return [.. files.SelectMany(Pieces).Concat(Bodies(folder)).Where(p => p.Length > 0)];
    }

    // Of a file of many lines also the middle, under its header.
    private static IEnumerable<byte[]> Pieces(string file)
    {
        var bytes = File.ReadAllBytes(file);
        yield return bytes[..Math.Min(bytes.Length, MostBytes)];
        var middle = Array.IndexOf(bytes, (byte)'\n', bytes.Length / 2);
        var header = Array.IndexOf(bytes, (byte)'\n');
        if (bytes.Length > MostBytes && header is > 0 and < MostBytes && middle > header)
        {
            yield return [.. bytes[..(header + 1)], .. bytes[(middle + 1)..Math.Min(bytes.Length, middle + MostBytes - header)]];
        }
    }

    private static IEnumerable<byte[]> Bodies(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "wire-captures"), "cap-*.json").Order(StringComparer.Ordinal))
        {
            using var captures = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var request in captures.RootElement.EnumerateArray())
            {
                if (request.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String)
                {
                    yield return Encoding.UTF8.GetBytes(body.GetString()!);
                }
            }
        }

        foreach (var line in File.ReadLines(Path.Combine(folder, "hostile", "hostile-events.jsonl")))
        {
            using var hostile = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 });
            if (hostile.RootElement.TryGetProperty("event", out var e))
            {
                yield return Encoding.UTF8.GetBytes($$"""{"batch":[{{e.GetRawText()}}]}""");
            }
        }
    }
}
