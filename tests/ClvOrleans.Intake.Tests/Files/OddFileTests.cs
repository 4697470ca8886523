using System.IO.Compression;
using System.Text;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>
/// Files as they are found: cut, quoted wrongly, of another encoding, hostile. Every line is in an event or refused, by its number.
/// </summary>
public sealed class OddFileTests
{
    private const string Header = "customer_id,order_id,timestamp,total\n";

    [Theory]
    [InlineData("a,1,2024-01-02,5", new[] { "a:1:500" }, new string[0])]
    [InlineData("a,1,2024-01-02,5\r\n\r\n  \r\nb,2,2024-01-02,6\r\n", new[] { "a:1:500", "b:2:600" }, new string[0])]
    [InlineData("a,1,2024-01-02,5\rb,2,2024-01-02,6\r", new[] { "a:1:500", "b:2:600" }, new string[0])]
    [InlineData("\"a\nb\",1,2024-01-02,5\nc,2,2024-01-02,6", new[] { "a\nb:1:500", "c:2:600" }, new string[0])]
    [InlineData("a,1,2024-01-02,5\nb,2,2024-0", new[] { "a:1:500" }, new[] { "3:wrong_column_count" })]
    [InlineData("\"a,1,2024-01-02,5\nb,2,2024-01-02,6\nc,3,2024-01-02,7\n", new[] { "b:2:600", "c:3:700" }, new[] { "2:bad_quotes" })]
    [InlineData("a\"x,1,2024-01-02,5\nb,2,2024-01-02,6\n", new[] { "b:2:600" }, new[] { "2:bad_quotes" })]
    [InlineData("\"a\"x,1,2024-01-02,5\n\"b\",2,2024-01-02,6\n", new[] { "b:2:600" }, new[] { "2:bad_quotes" })]
    [InlineData(
        "a,1,2024-01-02,5,6\n,2,2024-01-02,6\nc,3,2024-01-02,7", new[] { "c:3:700" },
        new[] { "2:wrong_column_count", "3:missing_user_id" })]
    [InlineData(
        "a\0,1,2024-01-02,5\na,1\0,2024-01-02,5\n\uFFFD,1,2024-01-02,5", new string[0],
        new[] { "2:invalid_id", "3:invalid_order_id", "4:invalid_id" })]
    [InlineData(
        "undefined,1,2024-01-02,5\nGUEST,2,2024-01-02,5", new string[0], new[] { "2:placeholder_user_id", "3:placeholder_user_id" })]
    [InlineData(
        "a,1,0000-01-01,5\na,2,9999-12-31,5\na,3,2026-11-26,5\na,4,2024-02-30,5\na,5,,5", new string[0],
        new[] { "2:invalid_time", "3:time_in_future", "4:time_in_future", "5:invalid_time", "6:invalid_time" })]
    [InlineData(
        "a,1,2024-01-02,NaN\na,2,2024-01-02,1e308\na,3,2024-01-02,-1\na,4,2024-01-02,\na,5,2024-01-02,Infinity", new string[0],
        new[] { "2:invalid_money", "3:invalid_money", "4:invalid_money", "5:missing_order_value", "6:invalid_money" })]
    public void Good_lines_count_and_bad_ones_are_refused_by_number(string body, string[] orders, string[] refused)
    {
        var rows = Data.Read("orders", Header + body);

        Assert.Equal(
            orders,
            rows.Where(r => r.Event is not null).Select(r => $"{r.Customer.Id}:{r.Event!.OrderId}:{r.Event.Order!.Value!.Value.Minor}"));
        Assert.Equal(refused, rows.Where(r => r.Refusal is not null).Select(r => $"{r.Refusal!.Line}:{r.Refusal.Code}"));
        Assert.Equal(Lines(body), rows.SelectMany(r => r.Lines).Order().Distinct().Count());
        Assert.Equal(Lines(body), rows.Sum(r => r.Lines.Count));
    }

    [Fact]
    public void A_time_up_to_a_day_ahead_is_now()
    {
        var row = Assert.Single(Data.Read("orders", Header + "a,1,2026-11-25T11:00:00Z,5"));
        Assert.Equal(Data.Context.Now, row.Event!.At);
    }

    [Fact]
    public void A_header_alone_is_an_import_of_nothing_and_an_empty_file_is_none()
    {
        Assert.Empty(Data.Read("orders", Header));
        Assert.All(HistoryReaders.All, r => Assert.Throws<HistoryFormatException>(() => Data.Read(r.Format, "")));
        Assert.Contains(
            "header", Assert.Throws<HistoryFormatException>(() => Data.Read("orders", "{\"type\":\"track\"}")).Message,
            StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<HistoryFormatException>(
            () => Data.Read("orders", "customer_id,total,timestamp,total\n")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';', "12,50")]
    [InlineData(';', "12.50")]
    [InlineData('\t', "12.50")]
    public void Semicolons_and_tabs_are_seen_in_the_header_and_semicolons_bring_the_decimal_comma(char delimiter, string total)
    {
        var text = (Header + $"a,1,2024-01-02,{total.Replace(',', '#')}").Replace(',', delimiter).Replace('#', ',');
        Assert.Equal(1_250, Assert.Single(Data.Read("orders", text)).Event!.Order!.Value!.Value.Minor);
    }

    [Fact]
    public void Encodings_are_told_by_their_marks()
    {
        var text = Header + "Zoë 北京,1,2024-01-02,5\n";
        foreach (var encoding in (Encoding[])[new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var row = Assert.Single(Read("orders", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
            Assert.Equal("Zoë 北京", row.Customer.Id);
        }

        // What is said to be UTF-8 and is not would make Zoë and Zoé one: refused, not guessed.
        Assert.Equal(
            RuleCodes.InvalidCustomer,
            Assert.Single(Read("orders", Encoding.Latin1.GetBytes(Header + "Zoë,1,2024-01-02,5\n"), Encoding.UTF8)).Refusal!.Code);
    }

    [Fact]
    public void A_megabyte_in_a_field_is_read_and_a_line_beyond_the_most_is_passed_over()
    {
        var note = new string('x', 1 << 20);
        var rows = Data.Read(
            "orders", "note," + Header + $"\"{note}\",a,1,2024-01-02,5\n" + new string('y', TextLines.Longest + 1) + "\n,b,2,2024-01-02,6");
        Assert.Equal(["a", "b"], rows.Where(r => r.Event is not null).Select(r => r.Customer.Id));
        Assert.Equal(
            (3L, RefusalCodes.LineTooLong), rows.Where(r => r.Refusal is not null).Select(r => (r.Refusal!.Line, r.Refusal.Code)).Single());
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("events")]
    [InlineData("cdnow")]
    public void A_cut_gzip_file_counts_up_to_its_last_whole_line(string format)
    {
        string Line(int i) => format switch
        {
            "orders" => $"c{i},{i},2024-01-02,{i}",
            "events" =>
                $$"""{"type":"track","event":"Order Completed","userId":"c{{i}}","properties":{"revenue":{{i}}, "order_id":"{{i}}" } }""",
            _ => $"{i:00000} 19970101 1 {i}.00",
        };
        var text = string.Join('\n', Enumerable.Range(1, 20_000).Select(Line));
        var whole = Zip(Encoding.UTF8.GetBytes((format == "orders" ? Header : "") + text));

        using var file = HistoryFile.Read(new MemoryStream(whole, 0, whole.Length / 2), null);
        var rows = HistoryReaders.Find(format)!.Read(file.Lines, Data.Context).ToList();

        var events = rows.Count(r => r.Event is not null);
        Assert.InRange(events, 1_000, 19_000);
        var refusal = Assert.Single(rows, r => r.Refusal is not null).Refusal!;
        Assert.Equal((RefusalCodes.FileCut, file.Lines.Count), (refusal.Code, refusal.Line));
        Assert.Contains($"after line {file.Lines.Count - 1}", file.Lines.Broken, StringComparison.Ordinal);
        Assert.Equal(file.Lines.Count, rows.Sum(r => r.Lines.Count) + (format == "orders" ? 1 : 0));
    }

    [Fact]
    public void A_gzip_file_that_is_none_after_its_first_bytes_cannot_be_read() =>
        Assert.Throws<HistoryFormatException>(() => Read("orders", [0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

    [Fact]
    public void Several_gzip_files_in_a_row_are_one() =>
        Assert.Equal(
            2,
            Read(
                "orders",
                [.. Zip(Encoding.UTF8.GetBytes(Header + "a,1,2024-01-02,5\n")),
                    .. Zip(Encoding.UTF8.GetBytes("b,2,2024-01-02,5\n"))]).Count);

    [Fact]
    public void An_order_without_end_is_bounded_and_what_goes_beyond_is_reported()
    {
        var line = "a,1,2024-01-02,5,p\n";
        var rows = Data.Read(
            "orders", "customer_id,order_id,timestamp,total,product_id\n" + string.Concat(Enumerable.Repeat(line, 10_002)));
        Assert.Equal(
            [RefusalCodes.OrderTooLong, RefusalCodes.OrderTooLong], rows.Where(r => r.Refusal is not null).Select(r => r.Refusal!.Code));
        Assert.Equal(10_000, rows.Single(r => r.Event is not null).Event!.Products.Length);
    }

    private static int Lines(string body) =>
        body.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r').Count(l => l.Trim().Length > 0);

    private static List<HistoryRow> Read(string format, byte[] bytes, Encoding? encoding = null)
    {
        using var file = HistoryFile.Read(new MemoryStream(bytes), bytes.Length, encoding);
        return [.. HistoryReaders.Find(format)!.Read(file.Lines, Data.Context)];
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
