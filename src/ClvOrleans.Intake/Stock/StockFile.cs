using ClvOrleans.Domain.Stock;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Stock;

/// <summary>Reads statements of stock from a table: a line per product, with a header.</summary>
public static class StockFile
{
    private static readonly CsvColumn[] Columns =
    [
        new("product_id", true, ColumnKind.Id, "product", "sku", "item_id"),
        new("units", false, ColumnKind.Units, "stock", "quantity", "available", "inventory_quantity"),
        new("price", false, ColumnKind.Amount), new("currency", false, ColumnKind.Currency), new("promoted", false, ColumnKind.Text),
        new("category", false, ColumnKind.Text), new("lead_days", false, ColumnKind.Text, "lead_time_days"),
        new("at", false, ColumnKind.Time, "timestamp", "updated_at"),
    ];

    /// <summary>The statements of a file, as it is read.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="context">What is known beside it; times that are not named are its <see cref="HistoryContext.Now"/>.</param>
    /// <exception cref="HistoryFormatException">It is not such a file.</exception>
    /// <exception cref="RefusedException">A line cannot be read: the message names it.</exception>
    public static IEnumerable<StockStatement> Read(TextLines lines, HistoryContext context) =>
        CsvTable.Read(lines, context, Columns).Select(record => Of(record, context));

    private static StockStatement Of(CsvRecord record, HistoryContext context)
    {
        var at = $"Line {record.First}: ";
        if (record.Problem is { } flaw)
        {
            throw new RefusedException(flaw.Code, flaw.Message);
        }

        var statement = new StockStatement(
            StockRules.Product(record.ProductId("product_id"), at + "product_id"),
            record.Text("at").Length == 0 ? StockRules.At(null, context.Store, context.Now, "at") : record.Time("at"),
            record.Text("units").Length == 0 ? null : (long)decimal.Floor(record.Number("units")),
            record.Text("price").Length == 0 ? null : record.Amount("price", record.TextOrNull("currency")),
            StockRules.Promoted(record.TextOrNull("promoted"), at + "promoted"),
            StockRules.Category(record.TextOrNull("category"), at + "category"),
            StockRules.LeadDays(record.TextOrNull("lead_days"), at + "lead_days"));
        return record.Problem is { } problem ? throw new RefusedException(problem.Code, at + problem.Message) : statement;
    }
}
