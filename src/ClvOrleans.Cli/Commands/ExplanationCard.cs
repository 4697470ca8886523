using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>What <c>clv customer --why</c> prints: two sums, one of the inputs and one of the latest moves.</summary>
internal static class ExplanationCard
{
    // Learned models list their inputs with the greatest first; buy-till-you-die has six at most.
    private const int MostInputs = 10;

    public static void Print(JsonElement why)
    {
        var (baseline, days) = (why.GetProperty("baseline"), why.GetProperty("horizonDays").GetInt32());
        var (asOf, model) = (Read(why, "asOf"), Read(why, "modelVersion"));
        var value = Number(why, "value");
        var card = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().RightAligned().NoWrap()).AddColumn();
        Row("", Amount(Number(baseline, "value")), Read(baseline, "meaning"));
        var contributions = why.GetProperty("contributions").EnumerateArray().ToList();
        foreach (var contribution in contributions.Take(MostInputs))
        {
            Row("", Change(Number(contribution, "amount")), Read(contribution, "phrase"));
        }

        if (contributions.Count > MostInputs)
        {
            var others = contributions[MostInputs..];
            Row("", Change(others.Sum(c => Number(c, "amount"))), $"{others.Count} others");
        }

        Row("", Amount(value), $"{Read(why, "currency")}, predicted for the next {days} days by {model} as of {asOf}");
        var moves = why.GetProperty("moves").EnumerateArray().ToList();
        if (moves.Count > 0)
        {
            card.AddEmptyRow();
            Row(Read(moves[0], "from"), Amount(Number(why, "movedFrom")), "before");
            foreach (var move in moves)
            {
                Row(Read(move, "to"), Amount(Number(move, "after")), Read(move, "sentence"));
            }
        }

        Terminal.Show(card, $"{Read(why, "customer")}: why");

        string Read(JsonElement of, string name) => of.GetProperty(name).GetString()!;
        decimal Number(JsonElement of, string name) => of.GetProperty(name).GetDecimal();
        void Row(string day, string amount, string text) => card.AddRow(new Text(day), new Text(amount), new Text(Terminal.Plain(text)));
    }

    private static string Amount(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Change(decimal amount) => amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);
}
