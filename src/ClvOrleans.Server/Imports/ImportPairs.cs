using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Server.Imports;

/// <summary>Options that are lists of <c>name=value</c>.</summary>
internal static class ImportPairs
{
    /// <summary>The file's column by the format's; empty for one that is not to be read.</summary>
    public static ImmutableDictionary<string, string> Columns(string? map) =>
        Read("map", map, "column", "column=name, such as total=Amount", (_, name) => name);

    /// <summary>What statuses mean.</summary>
    public static ImmutableDictionary<string, OrderStanding> Statuses(string? list) =>
        Read("status", list, "status", "status=meaning, such as packing=paid", (pair, meaning) =>
            Enum.GetNames<OrderStanding>().Contains(meaning, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<OrderStanding>(meaning, ignoreCase: true)
                : throw new ImportRequestException($"status: '{pair}' has to say paid, unpaid, cancelled or refunded."));

    private static ImmutableDictionary<string, TValue> Read<TValue>(
        string option, string? list, string kind, string form, Func<string, string, TValue> read)
    {
        var values = ImmutableDictionary.CreateBuilder<string, TValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var value])
            {
                throw new ImportRequestException($"{option}: '{pair}' is not {form}.");
            }

            if (!values.TryAdd(name, read(pair, value)))
            {
                throw new ImportRequestException($"{option}: the {kind} '{name}' occurs twice.");
            }
        }

        return values.ToImmutable();
    }
}
