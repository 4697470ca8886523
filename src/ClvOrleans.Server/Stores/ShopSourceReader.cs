using System.Text.Json;

namespace ClvOrleans.Server.Stores;

/// <summary>Reads <c>sources</c> of <c>store.json</c>. Each error is one sentence that names the source and the member.</summary>
internal static class ShopSourceReader
{
    private const int LongestName = 100;
    private const int MostSecrets = 2;
    private const string Example = """an array of sources such as { "name": "shopify", "kind": "shopify", "secrets": ["..."] }""";

    private static readonly string[] Members = ["name", "kind", "secrets", "measurementId"];

    // Other doors record under these names.
    private static readonly string[] Taken = ["import", "clv-repair"];

    private static readonly Dictionary<string, SourceKind> Kinds = new(StringComparer.Ordinal)
    {
        ["shopify"] = SourceKind.Shopify,
        ["woocommerce"] = SourceKind.WooCommerce,
        ["ga4"] = SourceKind.Ga4,
    };

    /// <summary>Reads the member. <exception cref="FormatException">It is wrong.</exception></summary>
    public static IReadOnlyList<ShopSource> Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(s => s.ValueKind != JsonValueKind.Object))
        {
            throw Wrong("sources", Example);
        }

        var sources = new List<ShopSource>();
        foreach (var member in value.EnumerateArray())
        {
            var source = Guarded(member);
            if (sources.Exists(s => s.Name == source.Name))
            {
                throw new FormatException($"sources: the name '{source.Name}' is given twice; give each source a name of its own.");
            }

            if (source.MeasurementId is { } id && sources.Exists(s => s.MeasurementId == id))
            {
                throw new FormatException($"sources: {source.Name}: another source has the measurementId '{id}' too; remove one of them.");
            }

            sources.Add(source);
        }

        return sources;
    }

    /// <summary>Refuses names that a write key's source has too: nobody could tell whose events are whose.</summary>
    public static void CheckNames(IReadOnlyList<ShopSource> sources, IReadOnlyDictionary<string, string> writeKeys)
    {
        if (sources.FirstOrDefault(s => writeKeys.Values.Contains(s.Name, StringComparer.Ordinal)) is { } source)
        {
            throw new FormatException($"sources: '{source.Name}' is the source of a write key too; give it another name.");
        }
    }

    private static ShopSource Guarded(JsonElement source)
    {
        try
        {
            return ReadOne(source);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("sources: a text is not valid Unicode.", e);
        }
    }

    private static ShopSource ReadOne(JsonElement source)
    {
        var name = TextOf(source, "name", "sources: name");
        var isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (name.Length is 0 or > LongestName || !isPlain || Taken.Contains(name))
        {
            throw Wrong(
                "sources: name",
                $"1 to {LongestName} letters, digits, '-', '_' and '.', and none of {string.Join(", ", Taken)}; '{name}' cannot be one");
        }

        var path = $"sources: {name}:";
        if (source.EnumerateObject().Select(m => m.Name).FirstOrDefault(m => !Members.Contains(m)) is { } unknown)
        {
            throw new FormatException(
                $"{path} there is no setting '{unknown}'; remove it, or correct it to one of {string.Join(", ", Members)}.");
        }

        if (source.EnumerateObject().GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new FormatException($"{path} {twice.Key} is given twice; remove one of them.");
        }

        if (!Kinds.TryGetValue(TextOf(source, "kind", $"{path} kind"), out var kind))
        {
            throw Wrong($"{path} kind", $"one of {string.Join(", ", Kinds.Keys)}");
        }

        var hasId = source.TryGetProperty("measurementId", out _);
        if (hasId != (kind == SourceKind.Ga4))
        {
            throw new FormatException(hasId
                ? $"{path} measurementId belongs to sources of kind ga4; remove it."
                : $"{path} measurementId is missing; it is the id of the data stream in Google Analytics, such as G-ABC1234567.");
        }

        return new ShopSource(name, kind, Secrets(source, path), hasId ? NonBlank(source, "measurementId", $"{path} measurementId") : null);
    }

    private static string[] Secrets(JsonElement source, string path)
    {
        var hasSecrets = source.TryGetProperty("secrets", out var value) && value.ValueKind == JsonValueKind.Array;
        if (!hasSecrets || value.GetArrayLength() is 0 or > MostSecrets
            || value.EnumerateArray().Any(s => s.ValueKind != JsonValueKind.String))
        {
            throw Wrong($"{path} secrets", "an array of the source's secret, or of the new one and the old one while they are exchanged");
        }

        string[] secrets = [.. value.EnumerateArray().Select(s => s.GetString()!)];
        return secrets.Any(s => string.IsNullOrWhiteSpace(s) || s.Trim() != s)
            ? throw new FormatException($"{path} a secret is blank, or has a space at an end; copy it from the shop again.")
            : secrets;
    }

    private static string NonBlank(JsonElement source, string name, string path) =>
        TextOf(source, name, path) is { Length: > 0 and <= LongestName } text && text.Trim() == text
            ? text
            : throw Wrong(path, $"1 to {LongestName} characters without a space at an end");

    private static string TextOf(JsonElement source, string name, string path) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Wrong(path, "text in quotation marks");

    private static FormatException Wrong(string member, string expected) => new($"{member} must be {expected}.");
}
