namespace ClvOrleans.Training.Imports;

/// <summary>The formats that can be read.</summary>
public static class HistoryReaders
{
    /// <summary>All readers.</summary>
    public static IReadOnlyList<IHistoryReader> All { get; } =
        [new CdnowReader(), new OnlineRetailReader(), new OrdersReader(), new ShopifyReader()];

    /// <summary>The reader of a format. <exception cref="HistoryFormatException">There is none.</exception></summary>
    public static IHistoryReader Find(string format) =>
        All.FirstOrDefault(r => string.Equals(r.Format, format, StringComparison.OrdinalIgnoreCase))
        ?? throw new HistoryFormatException($"There is no format '{format}': {string.Join(", ", All.Select(r => r.Format))} are known.");
}
