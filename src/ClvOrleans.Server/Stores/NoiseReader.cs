using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>Reads and writes <c>noise</c> of <c>store.json</c>.</summary>
internal static class NoiseReader
{
    private const string Example = """an object such as { "epsilon": 1, "bound": 500 }, or null for none""";

    private static readonly string[] Known = ["epsilon", "bound", "period", "delta", "months", "tables"];

    /// <summary>
    /// Reads it; null is no noise. <exception cref="FormatException">It is wrong; the message names the member.</exception>
    /// </summary>
    public static ReportNoise? Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("noise", Example);
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!Known.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new FormatException($"noise: there is no '{member.Name}'; remove it, or correct it to one of "
                    + $"{string.Join(", ", Known)}.");
            }

            members[member.Name] = member.Value;
        }

        var noise = new ReportNoise
        {
            Epsilon = Number("epsilon", .01m, 10, "0.01 to 10, such as 1") ?? throw Missing("epsilon", "1"),
            Bound = Number("bound", .001m, 1_000_000, "0.001 to 1,000,000 in the store's currency, such as 500")
                ?? throw Missing("bound", "500"),
        };
        return noise with
        {
            Delta = Number("delta", 1e-12m, 1e-3m, "0.000000000001 to 0.001") ?? noise.Delta,
            Months = Number("months", 1, 60, "a whole number, 1 to 60") is not { } months ? noise.Months
                : months == decimal.Truncate(months) ? (int)months : throw Wrong("noise: months", "a whole number, 1 to 60"),
            Period = members.TryGetValue("period", out var period) ? One<ReleasePeriod>("noise: period", period) : noise.Period,
            Tables = members.TryGetValue("tables", out var tables) ? Tables(tables) : noise.Tables,
        };

        decimal? Number(string name, decimal least, decimal most, string takes) => !members.TryGetValue(name, out var number) ? null
            : number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var read) && read >= least && read <= most ? read
            : throw Wrong($"noise: {name}", takes);
    }

    /// <summary>As it is read.</summary>
    public static JsonObject Write(ReportNoise noise) => new()
    {
        ["epsilon"] = noise.Epsilon,
        ["bound"] = noise.Bound,
        ["period"] = NameOf(noise.Period),
        ["delta"] = noise.Delta,
        ["months"] = noise.Months,
        ["tables"] = new JsonArray([.. noise.Tables.Select(t => (JsonNode?)NameOf(t))]),
    };

    private static ImmutableArray<ReleasedTable> Tables(JsonElement value)
    {
        ImmutableArray<ReleasedTable> tables = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(t => One<ReleasedTable>("noise: tables", t)).Distinct().Order()]
            : [];
        return tables.IsEmpty ? throw Wrong("noise: tables", "an array of at least one of " + All<ReleasedTable>()) : tables;
    }

    private static T One<T>(string member, JsonElement value)
        where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>())
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(NameOf(one)))
            {
                return one;
            }
        }

        throw Wrong(member, "one of " + All<T>());
    }

    private static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(NameOf));

    private static string NameOf<T>(T one)
        where T : struct, Enum => one.ToString().ToLowerInvariant();

    private static FormatException Missing(string member, string example) =>
        new($"noise: {member} is missing; say it, such as {example}.");

    private static FormatException Wrong(string member, string expected) => new($"{member} must be {expected}.");
}
