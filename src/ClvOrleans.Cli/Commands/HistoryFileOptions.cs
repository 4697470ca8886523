using System.CommandLine;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary>What commands that read files of history can be told about the file. Without these the file tells, or is refused.</summary>
internal static class HistoryFileOptions
{
    public static Option<string?> Format { get; } = new("--format")
    {
        Description = $"{HistoryReaders.Names}. [default: detected from the first line]",
        HelpName = "NAME",
    };

    public static Option<string?> Map { get; } = new("--map")
    {
        Description =
            "What the file calls the columns of the format: total=Amount,customer_id=Client; status= for a column not to be read.",
        HelpName = "COLUMN=NAME,...",
    };

    public static Option<string?> Dates { get; } = new("--dates")
    {
        Description =
            "Order of day and month in the file's dates: dmy (31/01/2024), mdy (01/31/2024) or ymd. [default: detected from the file, "
                + "which is refused if it can be read both ways]",
        HelpName = "ORDER",
    };

    public static Option<string?> Decimal { get; } = new("--decimal")
    {
        Description = "Decimal sign: point (1,234.50) or comma (1.234,50). [default: detected likewise]",
        HelpName = "SIGN",
    };

    public static Option<string?> Delimiter { get; } = new("--delimiter")
    {
        Description = "What stands between fields: comma, semicolon, tab, pipe or a sign. [default: detected from the header]",
        HelpName = "SIGN",
    };

    public static Option<string?> Encoding { get; } = new("--encoding")
    {
        Description = "Encoding of the text: utf-8, utf-16, windows-1252, gb18030 ... [default: detected from the bytes]",
        HelpName = "NAME",
    };

    public static Option<string?> Status { get; } = new("--status")
    {
        Description = "What statuses of orders mean: packing=paid,parked=unpaid (paid, unpaid, cancelled or refunded).",
        HelpName = "STATUS=MEANING,...",
    };

    public static Option<string?> Totals { get; } = new("--totals")
    {
        Description = "What the totals of an order's lines are: the order's, or each the line's own, to be summed. [default: order]",
        HelpName = "order|line",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option<string?>> All { get; } = [Format, Map, Dates, Decimal, Delimiter, Encoding, Status, Totals];

    /// <summary>Adds all of them to a command.</summary>
    public static Command WithFileOptions(this Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }

        return command;
    }

    /// <summary>What was said. <exception cref="UsageException">An option is wrong; the message names it.</exception></summary>
    public static ImportRequest Read(ParseResult parsed, string? currency)
    {
        try
        {
            return ImportRequest.Of(new ImportOptions
            {
                Format = parsed.GetValue(Format),
                Map = parsed.GetValue(Map),
                Currency = currency,
                Dates = parsed.GetValue(Dates),
                Decimal = parsed.GetValue(Decimal),
                Delimiter = parsed.GetValue(Delimiter),
                Encoding = parsed.GetValue(Encoding),
                Status = parsed.GetValue(Status),
                Totals = parsed.GetValue(Totals),
            });
        }
        catch (ImportRequestException e)
        {
            throw new UsageException($"--{e.Message}");
        }
    }
}
