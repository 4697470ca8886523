using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Server.Imports;

/// <summary>What was asked of an import beside the file.</summary>
/// <param name="Reader">The reader of the format; null to know it by the file's first line.</param>
/// <param name="Columns">The file's column by the format's column.</param>
/// <param name="Currency">Currency of amounts that name none; null for the store's.</param>
/// <param name="Dates">In which order the file writes dates; null to tell it from the file.</param>
internal sealed record ImportRequest(
    IHistoryReader? Reader, ImmutableDictionary<string, string> Columns, Currency? Currency, DateOrder? Dates)
{
    /// <summary>Reads the options. <exception cref="ImportRequestException">One of them is wrong.</exception></summary>
    public static ImportRequest Of(string? format, string? map, string? currency, string? dates)
    {
        var code = Currency.TryFind(currency ?? "USD", out var known)
            ? known
            : throw new ImportRequestException($"currency: '{currency}' is not an ISO 4217 currency in circulation.");
        var reader = format is null
            ? null
            : HistoryReaders.Find(format) ?? throw new ImportRequestException($"format: there is no format '{format}'; {HistoryReaders.Names} are known.");
        return new ImportRequest(reader, ColumnsOf(map ?? ""), currency is null ? null : code, DatesOf(dates));
    }

    /// <summary>This request, with the reader that knows the file.</summary>
    /// <exception cref="ImportRequestException">None or several readers would do: the format has to be given.</exception>
    /// <exception cref="HistoryFormatException">The file has no lines.</exception>
    public ImportRequest For(TextLines lines)
    {
        if (Reader is not null)
        {
            return this;
        }

        var first = lines.Peek() ?? throw new HistoryFormatException(lines.Broken ?? "The file is empty.");
        var shown = first.Length > 100 ? first[..100] + "…" : first;
        return this with
        {
            Reader = HistoryReaders.Recognise(first, Columns)
                ?? throw new ImportRequestException($"format: it cannot be detected from the first line '{shown}'; give one of {HistoryReaders.Names}."),
        };
    }

    private static DateOrder? DatesOf(string? text) => text is null ? null
        : Enum.GetNames<DateOrder>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<DateOrder>(text, ignoreCase: true)
        : throw new ImportRequestException($"dates: '{text}' is not dmy (31/01/2024), mdy (01/31/2024) or ymd (2024-01-31).");

    private static ImmutableDictionary<string, string> ColumnsOf(string map)
    {
        var columns = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in map.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } column, { Length: > 0 } name])
            {
                throw new ImportRequestException($"map: '{pair}' is not column=name, such as total=Amount.");
            }

            if (!columns.TryAdd(column, name))
            {
                throw new ImportRequestException($"map: the column '{column}' occurs twice.");
            }
        }

        return columns.ToImmutable();
    }
}
