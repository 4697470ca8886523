using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary>What <c>clv customer --why</c> prints: two sums, one of the inputs and one of the latest moves.</summary>
internal static class ExplanationCard
{
    public static void Print(JsonElement why)
    {
        var (baseline, days) = (why.GetProperty("baseline"), why.GetProperty("horizonDays").GetInt32());
        var (asOf, model) = (why.GetProperty("asOf").GetString()!, why.GetProperty("modelVersion").GetString()!);
        var value = why.GetProperty("value").GetDecimal();
        var card = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().RightAligned().NoWrap()).AddColumn();
        Row("", Amount(baseline.GetProperty("value").GetDecimal()), baseline.GetProperty("meaning").GetString()!);
        foreach (var contribution in why.GetProperty("contributions").EnumerateArray())
        {
            Row("", Change(contribution.GetProperty("amount").GetDecimal()), contribution.GetProperty("phrase").GetString()!);
        }

        Row("", Amount(value), $"{why.GetProperty("currency").GetString()}, predicted for the next {days} days by {model} as of {asOf}");
        var moves = why.GetProperty("moves").EnumerateArray().ToList();
        if (moves.Count > 0)
        {
            card.AddEmptyRow();
            Row(moves[0].GetProperty("from").GetString()!, Amount(why.GetProperty("movedFrom").GetDecimal()), "before");
            foreach (var move in moves)
            {
                Row(move.GetProperty("to").GetString()!, Amount(move.GetProperty("after").GetDecimal()), move.GetProperty("sentence").GetString()!);
            }
        }

        Terminal.Show(card, $"{why.GetProperty("customer").GetString()}: why");

        void Row(string day, string amount, string text) => card.AddRow(new Text(day), new Text(amount), new Text(Terminal.Plain(text)));
    }

    private static string Amount(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Change(decimal amount) => amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);
}
