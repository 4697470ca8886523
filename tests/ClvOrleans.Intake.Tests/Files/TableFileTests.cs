using System.IO.Compression;
using System.Text;
using ClvOrleans.Intake.Files;
using MiniExcelLibs;
using Parquet.Serialization;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>Workbooks and Parquet are read as the CSV that they would be exported as.</summary>
public sealed class TableFileTests
{
    [Fact]
    public void A_workbook_s_dates_numbers_and_texts_count_and_its_rows_keep_their_numbers()
    {
        var rows = Fold.Rows(Book(
            ["customer_id", "order_id", "timestamp", "total", "note"],
            ["anna", 1, new DateTime(2024, 1, 2), 12.5, "x\ny"],
            ["ben", 7012312345678d, new DateTime(2024, 1, 3, 14, 5, 30), 1250, "a, \"b\""],
            ["cleo", "3", "2024-01-04 10:00", "1.5", null],
            ["dora", 7.0123e18, new DateTime(2024, 1, 2), 1.125, ""]));
        Assert.Equal(
            ["2 anna 1 01-02 12:00 1250", "3 ben 7012312345678 01-03 14:05 125000", "4 cleo 3 01-04 10:00 150"],
            rows.Where(r => r.Event is not null).Select(r => FormattableString.Invariant(
                $"{r.Lines[0]} {r.Customer.Id} {r.Event!.OrderId} {r.Event.At:MM-dd HH:mm} {r.Event.Order!.Value!.Value.Minor}")));
        Assert.Equal(["5:rounded_id"], Fold.Refusals(rows));
    }

    [Fact]
    public async Task Parquet_s_typed_columns_count()
    {
        using var file = new MemoryStream();
        await ParquetSerializer.SerializeAsync(
            [
                new Bought
                {
                    customer_id = "anna",
                    order_id = 1,
                    timestamp = new DateTime(2024, 1, 2, 10, 0, 0, DateTimeKind.Utc),
                    total = 12.5,
                },
                new Bought
                {
                    customer_id = "ben",
                    order_id = 2,
                    timestamp = new DateTime(2024, 1, 3, 0, 0, 0, DateTimeKind.Utc),
                    total = 1.125,
                },
                new Bought
                {
                    customer_id = null,
                    order_id = 3,
                    timestamp = new DateTime(2024, 1, 3, 0, 0, 0, DateTimeKind.Utc),
                    total = null,
                },
            ],
            file,
            cancellationToken: TestContext.Current.CancellationToken);
        var rows = Fold.Rows(file.ToArray());
        Assert.Equal(
            ["anna 1 01-02 10:00 1250", "ben 2 01-03 00:00 113"],
            rows.Where(r => r.Event is not null).Select(r => FormattableString.Invariant(
                $"{r.Customer.Id} {r.Event!.OrderId} {r.Event.At:MM-dd HH:mm} {r.Event.Order!.Value!.Value.Minor}")));
        Assert.Equal(["4:missing_user_id"], Fold.Refusals(rows));
    }

    [Fact]
    public void Broken_Parquet_is_told_as_such()
    {
        var files = Directory.GetFiles(Data.Path("fixtures", "parquet-bad-data", "bad_data"), "*.parquet");
        Assert.Equal(8, files.Length);
        Assert.All(files, path => Assert.Throws<HistoryFormatException>(() => ReadAll(File.ReadAllBytes(path))));
        Assert.Throws<HistoryFormatException>(() => ReadAll("PAR1 but not really PAR1"u8.ToArray()));
    }

    // A list of lists of 2^31-1 values that take no bytes; a list of as many bytes; one for a number; a length beyond the file.
    [Theory]
    [InlineData("F9F9FFFFFFFF07F1FFFFFFFF0700")]
    [InlineData("F9F3FFFFFFFF0700")]
    [InlineData("19F1FFFFFFFF0700")]
    [InlineData("18FFFFFFFF0700")]
    public void Metadata_of_Parquet_that_name_more_than_there_is_are_refused_at_once(string metadata)
    {
        var bytes = Convert.FromHexString(metadata);
        byte[] file = [.. "PAR1"u8, .. bytes, .. BitConverter.GetBytes(bytes.Length), .. "PAR1"u8];
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Throws<HistoryFormatException>(() => ReadAll(file));
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Broken_and_other_archives_are_told_as_such()
    {
        var book = Book(["customer_id", "timestamp", "total"], ["anna", "2024-01-02", 5]);
        Assert.Contains(
            "broken", Assert.Throws<HistoryFormatException>(() => ReadAll(book[..(book.Length / 2)])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "unpack it", Assert.Throws<HistoryFormatException>(() => ReadAll(Zip(("orders.csv", "a,b")))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            ".xls", Assert.Throws<HistoryFormatException>(() => ReadAll([0xD0, 0xCF, 0x11, 0xE0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<HistoryFormatException>(() => ReadAll(Zip(("xl/workbook.xml", "<not xml"))));
    }

    [Fact]
    public void What_unpacks_to_more_than_any_export_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("xl/workbook.xml");
            using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var blanks = new byte[1 << 20];
            for (var i = 0; i <= 4_096; i++)
            {
                sheet.Write(blanks);
            }
        }

        Assert.Contains("4 GiB", Assert.Throws<HistoryFormatException>(() => ReadAll(bomb.ToArray())).Message, StringComparison.Ordinal);
    }

    private static void ReadAll(byte[] bytes)
    {
        using var file = HistoryFile.Read(new MemoryStream(bytes), bytes.Length);
        while (file.Lines.TryRead(out _))
        {
        }

        _ = HistoryReaders.Find("orders")!.Read(file.Lines, Data.Context).ToList();
    }

    private static byte[] Book(params object?[][] rows)
    {
        var table = rows.Skip(1)
            .Select(row => rows[0].Select((name, i) => (Name: (string)name!, Value: row[i])).ToDictionary(c => c.Name, c => c.Value!));
        using var file = new MemoryStream();
        file.SaveAs(table);
        return file.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

#pragma warning disable IDE1006, CA1707 // Named as the columns.
    private sealed class Bought
    {
        public string? customer_id { get; set; }

        public long order_id { get; set; }

        public DateTime timestamp { get; set; }

        public double? total { get; set; }
    }
#pragma warning restore IDE1006, CA1707
}
