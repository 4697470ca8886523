using System.Text.Json;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>What a store keeps for a number of days, as files and answers name it.</summary>
internal static class RetainedNames
{
    private static readonly Dictionary<string, Retained> ByName =
        Enum.GetValues<Retained>().ToDictionary(Format, StringComparer.OrdinalIgnoreCase);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => ByName.Keys;

    public static string Format(Retained what) => JsonNamingPolicy.CamelCase.ConvertName(what.ToString());

    /// <summary>Reads a name in any case.</summary>
    public static bool TryParse(string name, out Retained what) => ByName.TryGetValue(name, out what);
}
