using System.Globalization;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary>What became of an import, for people.</summary>
internal static class ImportText
{
    public static void Print(ImportResult result)
    {
        var lines = result.LineCounts;
        if (result.DryRun)
        {
            Console.WriteLine(
                $"Dry run, nothing was recorded. {result.Lines} lines ({result.Format}): {result.Events} events, {lines.Refused} lines "
                    + "refused");
            Console.WriteLine($"  lines: {lines.Recorded} good + {lines.Refused} refused + {lines.Passed} header or blank");
        }
        else
        {
            Console.WriteLine(
                $"{result.Lines} lines ({result.Format}): {result.Events} events recorded, {result.Duplicates} known "
                    + $"already, {lines.Refused} lines refused");
            Console.WriteLine(
                $"  lines: {lines.Recorded} recorded + {lines.Known} known + {lines.Refused} refused + {lines.Passed} header or blank");
        }

        Print(result.Understood, result.DryRun);
        foreach (var (code, count) in result.Refused)
        {
            Console.WriteLine($"  {code}: {count}");
            foreach (var refusal in result.FirstRefusals.Where(r => r.Code == code))
            {
                Console.WriteLine($"    line {refusal.Line}: {refusal.Message}");
            }
        }

        if (result.Broken is not null)
        {
            Console.Error.WriteLine(result.Broken);
        }
    }

    private static void Print(ImportUnderstanding found, bool isDryRun)
    {
        if (isDryRun)
        {
            Say("columns", string.Join(", ", found.Columns.Select(c => c.Key == c.Value ? c.Key : $"{c.Key} = {c.Value}")));
            Say("written as", string.Join(", ", new[]
            {
                found.Encoding,
                found.Delimiter is { } delimiter ? $"{delimiter} between fields" : null,
                found.DecimalSign is { } sign ? $"decimal {Lower(sign)}" : null,
                found.Dates is { } dates ? $"dates {Lower(dates)}" : null,
            }.OfType<string>()));
            Say("days", found.FirstDay is { } first ? $"{first:yyyy-MM-dd} to {found.LastDay:yyyy-MM-dd}" : "");
            foreach (var (currency, total) in found.Totals)
            {
                Say("total", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{total.Value:N2} {currency} in {total.Orders:N0} orders, {total.Refunded:N2} of it paid back"));
            }
        }

        Say("columns not read", string.Join(", ", found.NotRead));
        foreach (var (code, note) in found.Notes)
        {
            Say(code, note.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var first in note.First)
            {
                Console.WriteLine($"    {first}");
            }
        }
    }

    private static void Say(string what, string text)
    {
        if (text.Length > 0)
        {
            Console.WriteLine($"  {what}: {text}");
        }
    }

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
