using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>
/// Whatever a file holds: every line is in an event or refused, or the file as a whole is, with a sentence; nothing else is thrown.
/// </summary>
public sealed class HostileFileTests
{
    private static readonly string[] Columns = [
        "customer_id", "order_id", "timestamp", "total", "currency", "status", "refund_amount", "product_id", "quantity", "price"
    ];
    private static readonly string[] Good = ["anna", "1", "2024-01-02", "5.50", "USD", "paid", "0", "p", "1", "5.50"];

    [Fact]
    public void Naughty_strings_in_any_column_are_accounted_for()
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Data.Path("fixtures", "naughty-strings", "blns.json")))!;
        for (var column = 0; column < Columns.Length; column++)
        {
            var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
            foreach (var (naughty, i) in strings.Select((s, i) => (s, i)))
            {
                var fields = Good.Select((g, c) => c == column ? naughty : c == 1 ? $"{i}" : g)
                    .Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
                text.Append(string.Join(',', fields)).Append('\n');
            }

            var lines = text.ToString().Split('\n', '\r').Count(l => l.Trim().Length > 0) - 1;
            var rows = Data.Read(
                "orders", text.ToString(), Data.Context with { DecimalSign = DecimalSign.Point, Dates = Rules.DateOrder.Dmy });
            Assert.InRange(rows.Sum(r => r.Lines.Count), strings.Length, lines);
            Assert.Equal(rows.Sum(r => r.Lines.Count), rows.SelectMany(r => r.Lines).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("samples/shopify-orders-export.csv")]
    [InlineData("exports/csv-german-thousands/orders.csv")]
    [InlineData("exports/csv-database-times/orders.csv")]
    [InlineData("exports/csv-sep-line/orders.csv")]
    [InlineData("exports/csv-status-ignored/orders.csv")]
    [InlineData("parquet-bad-data/bad_data/ARROW-GH-43605.parquet")]
    [InlineData("parquet-bad-data/bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet")]
    public void Mutated_files_are_read_or_refused_at_once(string file)
    {
        var bytes = File.ReadAllBytes(Data.Path(["fixtures", .. file.Split('/')]));
        var random = new Random(12);
        for (var round = 0; round < 300; round++)
        {
            var mutated = bytes.ToList();
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(mutated.Count);
                switch (random.Next(4))
                {
                    case 0:
                        mutated[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        mutated.Insert(at, ",;\n\"\t\0.-\u00FF"u8[random.Next(10)]);
                        break;
                    case 2 when mutated.Count > 8:
                        mutated.RemoveAt(at);
                        break;
                    default:
                        mutated.InsertRange(at, mutated.Skip(random.Next(mutated.Count)).Take(random.Next(40)).ToList());
                        break;
                }
            }

            var clock = Stopwatch.StartNew();
            try
            {
                using var opened = HistoryFile.Read(new MemoryStream([.. mutated]), mutated.Count);
                var first = opened.Lines.Peek() ?? "";
                var reader = HistoryReaders.Recognise(first, Data.Context.Columns, opened.Lines.Separator)
                    ?? HistoryReaders.Find("orders")!;
                var rows = reader.Read(opened.Lines, Data.Context).ToList();
                Assert.Equal(rows.Sum(r => r.Lines.Count), rows.SelectMany(r => r.Lines).Distinct().Count());
            }
            catch (HistoryFormatException)
            {
                // Refused as a whole, with a sentence.
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{file}, round {round}: {clock.Elapsed}");
        }
    }
}
