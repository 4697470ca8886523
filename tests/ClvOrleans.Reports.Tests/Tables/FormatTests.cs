using System.Text.Json;
using ClvOrleans.Reports.Tables;
using Parquet;

namespace ClvOrleans.Reports.Tests.Tables;

public sealed class FormatTests
{
    private static readonly ReportTable Table = new()
    {
        Report = "sample",
        AsOf = new DateOnly(2026, 3, 31),
        Currency = "EUR",
        Columns =
        [
            new("name", ColumnKind.Text, "A name."), new("day", ColumnKind.Day, "A day."), new("count", ColumnKind.Count, "A count."),
            new("amount", ColumnKind.Amount, "An amount."), new("number", ColumnKind.Number, "A number."),
            new("flag", ColumnKind.Flag, "A flag."),
        ],
        Rows =
        [
            ["Küche, \"groß\"\nund klein", new DateOnly(2026, 2, 28), long.MaxValue, 12_345_678_901.25m, .1, true],
            [null, null, null, null, null, null],
            ["", DateOnly.MinValue.AddYears(1970), -3L, -.01m, -1e-300, false],
        ],
        Notes = ["Nothing is left out."],
    };

    [Fact]
    public void A_csv_quotes_what_would_break_it_and_leaves_nulls_empty() => Assert.Equal(
        "name,day,count,amount,number,flag\r\n"
        + "\"Küche, \"\"groß\"\"\nund "
        + "klein\",2026-02-28,9223372036854775807,12345678901.25,0.1,true\r\n,,,,,\r\n,1971-01-01,-3,-0.01,-1E-300,false\r\n",
        CsvFormat.Write(Table));

    [Fact]
    public void Json_has_the_same_cells_by_name_with_the_meaning_of_columns()
    {
        using var stream = new MemoryStream();
        JsonFormat.Write(stream, Table);
        var root = JsonElement.Parse(stream.ToArray());

        var rows = root.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(("sample", "2026-03-31", "EUR"), (Text(root, "report"), Text(root, "asOf"), Text(root, "currency")));
        Assert.Equal("A count.", Text(root.GetProperty("columns")[2], "meaning"));
        Assert.Equal(Table.Rows[0][0], Text(rows[0], "name"));
        Assert.Equal("2026-02-28", Text(rows[0], "day"));
        Assert.Equal(
            (long.MaxValue, 12_345_678_901.25m), (rows[0].GetProperty("count").GetInt64(), rows[0].GetProperty("amount").GetDecimal()));
        Assert.All(rows[1].EnumerateObject(), cell => Assert.Equal(JsonValueKind.Null, cell.Value.ValueKind));
        Assert.Equal(-1e-300, rows[2].GetProperty("number").GetDouble());
        Assert.Equal("Nothing is left out.", root.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public async Task Parquet_has_the_same_cells_in_columns_of_their_type()
    {
        using var stream = new MemoryStream();
        await ParquetFormat.WriteAsync(stream, Table, TestContext.Current.CancellationToken);
        stream.Position = 0;

        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(Table.Columns.Select(c => c.Name), fields.Select(f => f.Name));
        var cells = new object?[Table.Columns.Length][];
        var text = new string?[Table.Rows.Length];
        await group.ReadAsync(fields[0], text.AsMemory(), null, TestContext.Current.CancellationToken);
        cells[0] = [.. text];
        cells[1] = [.. (await ReadAsync<DateTime>(1)).Select(d => d is { } day ? DateOnly.FromDateTime(day) : (object?)null)];
        cells[2] = [.. (await ReadAsync<long>(2)).Cast<object?>()];
        cells[3] = [.. (await ReadAsync<decimal>(3)).Cast<object?>()];
        cells[4] = [.. (await ReadAsync<double>(4)).Cast<object?>()];
        cells[5] = [.. (await ReadAsync<bool>(5)).Cast<object?>()];
        Assert.All(Table.Rows, (row, i) => Assert.Equal(row, cells.Select(c => c[i])));

        async Task<T?[]> ReadAsync<T>(int column)
            where T : struct
        {
            var values = new T?[Table.Rows.Length];
            await group.ReadAsync(fields[column], values.AsMemory(), null, TestContext.Current.CancellationToken);
            return values;
        }
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;
}
