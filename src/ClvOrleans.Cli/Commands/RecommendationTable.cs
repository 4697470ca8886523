using System.Globalization;
using ClvOrleans.Recommendations.Backtests;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>Prints a backtest of recommendations for people.</summary>
internal static class RecommendationTable
{
    private static readonly (string Name, Func<BacktestRow, double> Value)[] Columns =
    [
        ("recall@10", r => r.At10.Recall), ("repeat", r => r.At10.RepeatRecall), ("explore", r => r.At10.ExploreRecall),
        ("NDCG@10", r => r.At10.Ndcg), ("hits@10", r => r.At10.HitRate), ("recall@20", r => r.At20.Recall), ("NDCG@20", r => r.At20.Ndcg),
        ("hits@20", r => r.At20.HitRate),
    ];

    public static void Print(RecommendationView view)
    {
        var text = Terminal.Output;
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{view.Customers} customers, {view.Products} products; {view.Variants} variants looked at, recall@10 on the validation part "
                + $"{view.ValidationRecall:F4}"));
        var table = new Table().Border(TableBorder.Simple).AddColumn("list");
        foreach (var (name, _) in Columns)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var row in view.Rows)
        {
            table.AddRow([Markup.Escape(row.Name), .. Columns.Select(c => c.Value(row).ToString("F4", CultureInfo.InvariantCulture))]);
        }

        text.Write(table);
        text.WriteLine($"{view.Blend}");
        foreach (var kind in view.Associations)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind.Kind} {kind.Setting}: recall@10 of new products {kind.Recall:F4}"));
        }
    }
}
