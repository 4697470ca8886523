using System.Collections.Immutable;
using ClvOrleans.Intake.Files;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>Formats are known by the first line, or not at all.</summary>
public sealed class RecognitionTests
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    [Theory]
    [InlineData("cdnow", " 00004 0001 19970101  2   29.33")]
    [InlineData("cdnow", "00001 19970101 1 11.77")]
    [InlineData("online-retail", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country")]
    [InlineData("online-retail", "Invoice;StockCode;Quantity;InvoiceDate;Price;Customer ID")]
    [InlineData("orders", "customer_id\torder_id\ttimestamp\ttotal")]
    [InlineData("orders", "\"Total\",\"Customer_ID\",\"Timestamp\",\"note\"")]
    [InlineData("shopify", "Name,Email,Financial Status,Paid at,Subtotal,Total,Created at")]
    [InlineData("events", "  {\"type\":\"track\"}")]
    [InlineData(null, "customer_id,order_id,date,amount")]
    [InlineData(null, "00001 1997-13-01 1 11.77")]
    [InlineData(null, "PK\u0003\u0004")]
    [InlineData(null, "Name,Email,Financial Status,Subtotal,Created at,customer_id,timestamp,total")]
    public void A_first_line_tells_one_format_or_none(string? format, string line) =>
        Assert.Equal(format, HistoryReaders.Recognise(line, None)?.Format);

    [Fact]
    public void Mapped_columns_are_looked_for_under_their_names_in_the_file()
    {
        var map = None.Add("total", "Amount").Add("timestamp", "Date");

        Assert.Equal("orders", HistoryReaders.Recognise("customer_id,Date,Amount", map)?.Format);
        Assert.Null(HistoryReaders.Recognise("customer_id,Date,Amount", None));
    }

    [Fact]
    public void The_shared_files_are_known()
    {
        foreach (var (format, parts) in ((string, string[])[])[
            ("cdnow", ["cdnow", "CDNOW_master.txt"]), ("cdnow", ["fixtures", "samples", "cdnow-like.txt"]),
            ("online-retail", ["online_retail_II", "online_retail_II.csv.gz"]),
            ("online-retail", ["fixtures", "samples", "uci-online-retail-sample.csv"]),
            ("shopify", ["fixtures", "samples", "shopify-orders-export.csv"]),
            ("events", ["fixtures", "samples", "segment-ecommerce-v2-all-events.jsonl"])])
        {
            using var file = HistoryFile.Open(Data.Path(parts));
            Assert.Equal(format, HistoryReaders.Recognise(file.Lines.Peek()!, None)?.Format);
        }
    }
}
