using System.Collections.Immutable;
using System.Text;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Server.Imports;

/// <summary>What was asked of an import beside the file. What is null is told from the file.</summary>
internal sealed record ImportRequest
{
    private ImportRequest()
    {
    }

    /// <summary>The options as they were given.</summary>
    public required ImportOptions Options { get; init; }

    /// <summary>The reader of the format.</summary>
    public IHistoryReader? Reader { get; private init; }

    /// <summary>The encoding of the file's text.</summary>
    public Encoding? Encoding { get; private init; }

    /// <summary>Currency of amounts that name none; null for the store's.</summary>
    public Currency? Currency { get; private init; }

    private ImmutableDictionary<string, string> Columns { get; init; } = ImmutableDictionary<string, string>.Empty;

    private DateOrder? Dates { get; init; }

    private DecimalSign? DecimalSign { get; init; }

    private char? Delimiter { get; init; }

    private ImmutableDictionary<string, OrderStanding> Statuses { get; init; } = ImmutableDictionary<string, OrderStanding>.Empty;

    private LineTotals? Totals { get; init; }

    /// <summary>Reads the options. <exception cref="ImportRequestException">One of them is wrong.</exception></summary>
    public static ImportRequest Of(ImportOptions options) => new()
    {
        Options = options,
        Reader = options.Format is { } format
            ? HistoryReaders.Find(format)
                ?? throw new ImportRequestException($"format: there is no format '{format}'; {HistoryReaders.Names} are known.")
            : null,
        Encoding = options.Encoding is { } encoding
            ? FileEncodings.Find(encoding) ?? throw new ImportRequestException(
                $"encoding: '{encoding}' is not an encoding that is known, such as utf-8, utf-16, windows-1252 or gb18030.")
            : null,
        Currency = options.Currency is { } code
            ? Currency.TryFind(code, out var currency)
                ? currency
                : throw new ImportRequestException($"currency: '{code}' is not an ISO 4217 currency in circulation.")
            : null,
        Columns = ImportPairs.Columns(options.Map),
        Statuses = ImportPairs.Statuses(options.Status),
        Dates = One<DateOrder>("dates", options.Dates, "dmy (31/01/2024), mdy (01/31/2024) or ymd (2024-01-31)"),
        DecimalSign = One<DecimalSign>("decimal", options.Decimal, "point (1,234.50) or comma (1.234,50)"),
        Delimiter = DelimiterOf(options.Delimiter),
        Totals = One<LineTotals>("totals", options.Totals, "order or line"),
    };

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
            Reader = HistoryReaders.Recognise(first, Columns, Delimiter ?? lines.Separator)
                ?? throw new ImportRequestException(
                    $"format: it cannot be detected from the first line '{shown}'; give one of {HistoryReaders.Names}."),
        };
    }

    /// <summary>What a reader needs to know.</summary>
    public HistoryContext ToContext(StoreSettings store, string source, DateTimeOffset now) => new()
    {
        Store = store,
        Source = source,
        Now = now,
        Columns = Columns,
        Currency = Currency,
        Dates = Dates,
        DecimalSign = DecimalSign,
        Delimiter = Delimiter,
        Statuses = Statuses,
        Totals = Totals ?? LineTotals.Order,
    };

    /// <summary>The rows of a file, which its findings take.</summary>
    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        foreach (var row in Reader!.Read(lines, context))
        {
            context.Findings.Take(row, context.Store);
            yield return row;
        }

        context.Findings.Encoding = lines.Encoding;
    }

    private static TOption? One<TOption>(string name, string? text, string known)
        where TOption : struct, Enum => text is null ? null
        : Enum.GetNames<TOption>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<TOption>(text, ignoreCase: true)
        : throw new ImportRequestException($"{name}: '{text}' is not {known}.");

    private static char? DelimiterOf(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "comma" => ',',
        "semicolon" => ';',
        "tab" or "\\t" => '\t',
        "pipe" => '|',
        [var only] when !char.IsLetterOrDigit(only) && only is not ('"' or '\r' or '\n' or ' ' or '\uFEFF') => only,
        _ => throw new ImportRequestException($"delimiter: '{text}' is not comma, semicolon, tab, pipe or another sign."),
    };
}
