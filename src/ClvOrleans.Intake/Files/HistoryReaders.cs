using System.Collections.Immutable;

namespace ClvOrleans.Intake.Files;

/// <summary>The formats that can be read.</summary>
public static class HistoryReaders
{
    /// <summary>All readers.</summary>
    public static IReadOnlyList<IHistoryReader> All { get; } =
        [new CdnowReader(), new OnlineRetailReader(), new OrdersReader(), new ShopifyReader(), new EventsReader()];

    /// <summary>The names of all formats, for people.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(r => r.Format));

    /// <summary>The reader of a format; null where there is none of this name.</summary>
    public static IHistoryReader? Find(string format) =>
        All.FirstOrDefault(r => string.Equals(r.Format, format, StringComparison.OrdinalIgnoreCase));

    /// <summary>The only reader that knows a file by its first line; null where none or several do.</summary>
    /// <param name="firstLine">The line.</param>
    /// <param name="columns">The columns that are mapped.</param>
    /// <param name="delimiter">What stands between fields, where that is known.</param>
    public static IHistoryReader? Recognise(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter = null) =>
        All.Where(r => r.Recognises(firstLine, columns, delimiter)).ToList() is [var only] ? only : null;
}
