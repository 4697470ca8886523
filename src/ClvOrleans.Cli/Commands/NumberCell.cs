using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>A number of an answer as a cell of a table.</summary>
internal static class NumberCell
{
    /// <summary>The cell; <paramref name="none"/> where the answer has null.</summary>
    public static Text Of(JsonElement of, string name, string format, string none = "-") =>
        new(Find(of, name)?.ToString(format, CultureInfo.InvariantCulture) ?? none);

    /// <summary>The number; null where the answer has null.</summary>
    public static decimal? Find(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
