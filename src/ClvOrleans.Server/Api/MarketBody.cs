using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Server.Api;

/// <summary>Reads market entries by hand, so that an error names the entry and its field: <c>[3].to is before from</c>.</summary>
internal static partial class MarketBody
{
    private const int MostEntries = 1_000;
    private static readonly string[] Fields = ["id", "kind", "from", "to", "strength", "category"];
    private static readonly DateOnly FirstDay = new(1970, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    public static bool TryRead(
        ReadOnlyMemory<byte> body, out ImmutableArray<MarketEntry> entries, out (string Code, string Message) problem)
    {
        (entries, problem) = ([], default);
        try
        {
            using var document = JsonBody.Parse(body);
            var root = document.RootElement;
            entries = root.ValueKind switch
            {
                JsonValueKind.Object => [Entry(root, "")],
                JsonValueKind.Array when root.GetArrayLength() <= MostEntries =>
                    [.. root.EnumerateArray().Select((e, i) => Entry(e, $"[{i}]"))],
                JsonValueKind.Array => throw new FormatException($"{root.GetArrayLength()} entries are more than {MostEntries}."),
                _ => throw new FormatException("An entry or an array of entries was expected."),
            };
            var ids = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < entries.Length; i++)
            {
                if (!ids.Add(entries[i].Id))
                {
                    throw new FormatException($"[{i}].id '{entries[i].Id}' is given twice.");
                }
            }

            return true;
        }
        catch (JsonException e)
        {
            problem = ("invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            problem = ("invalid_entry", e.Message);
        }

        return false;
    }

    private static MarketEntry Entry(JsonElement entry, string at)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{at} is not an object.");
        }

        at = at.Length == 0 ? "" : at + ".";
        if (entry.EnumerateObject()
            .FirstOrDefault(p => !Fields.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new FormatException($"{at}{unknown.Name} is unknown; there are {string.Join(", ", Fields)}.");
        }

        var id = Text(entry, at, "id") ?? throw new FormatException($"{at}id is missing.");
        if (!Id().IsMatch(id))
        {
            throw new FormatException($"{at}id '{id}' is not 1 to 100 letters, digits and . _ : - that begin with a letter or digit.");
        }

        var name = Text(entry, at, "kind") ?? throw new FormatException($"{at}kind is missing.");
        if (!Enum.TryParse<MarketKind>(name, true, out var kind) || !Enum.GetNames<MarketKind>().Contains(
            name, StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException($"{at}kind '{name}' is not Promotion, Season or Competitor.");
        }

        var (from, to) = (Day(entry, at, "from"), Day(entry, at, "to"));
        if (to < from)
        {
            throw new FormatException($"{at}to is before from.");
        }

        var category = Text(entry, at, "category");
        return category is { Length: 0 or > 255 }
            ? throw new FormatException($"{at}category is not 1 to 255 characters.")
            : new MarketEntry(id, kind, from, to, Strength(entry, at), category);
    }

    private static double Strength(JsonElement entry, string at)
    {
        if (!entry.TryGetProperty("strength", out var value))
        {
            return 1;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var strength) && strength is >= 0 and <= 1
            ? strength
            : throw new FormatException($"{at}strength {value.GetRawText()} is not a number from 0 to 1.");
    }

    private static DateOnly Day(JsonElement entry, string at, string field)
    {
        var text = Text(entry, at, field) ?? throw new FormatException($"{at}{field} is missing.");
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= FirstDay && day <= LastDay
            ? day
            : throw new FormatException($"{at}{field} '{text}' is not a date such as 2026-01-31, of the years 1970 to 2199.");
    }

    private static string? Text(JsonElement entry, string at, string field)
    {
        if (!entry.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{at}{field} is not text.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}\\z")]
    private static partial Regex Id();
}
