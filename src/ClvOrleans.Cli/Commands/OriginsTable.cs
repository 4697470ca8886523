using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Backtests.Reports;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>Prints forecasts from many origins for people: for each horizon a row a model, the best of each column in bold.</summary>
internal static class OriginsTable
{
    public static void Print(OriginsView view)
    {
        var text = Terminal.Output;
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{view.Origins.Count} origins from {view.Origins[0]:yyyy-MM-dd} to {view.Origins[^1]:yyyy-MM-dd}; "
                + $"{view.Value} value in {view.Currency}"));
        foreach (var rows in view.Rows.GroupBy(r => r.Months))
        {
            text.WriteLine($"The store's total over {rows.Key} months; level is the root of the mean squared ln(actual / predicted):");
            text.Write(Table(OriginColumn.Total, [.. rows]));
            text.WriteLine(
                $"Customers over {rows.Key} months, 80 % intervals; PIT is the distance of the randomised transforms from uniform:");
            text.Write(Table(OriginColumn.Customers, [.. rows]));
        }

        foreach (var row in view.Rows.Where(r => !r.Refusals.IsEmpty))
        {
            text.WriteLine($"{row.Model}, {row.Months} months, not fitted {string.Join("; ", row.Refusals)}");
        }
    }

    private static Table Table(ImmutableArray<OriginColumn> columns, OriginRow[] rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column.Name).RightAligned().NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow([Markup.Escape(row.Model), .. columns.Select(c => c.IsBest(row, rows) ? $"[bold]{c.Text(row)}[/]" : c.Text(row))]);
        }

        return table;
    }
}
