using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Files;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

public sealed class ReaderTests
{
    private const string Retail = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    [Fact]
    public void Lines_of_an_invoice_make_one_order_and_credit_notes_stand_alone()
    {
        var rows = Data.Read(
            "online-retail",
            Retail
                + "1,A,x,3,12/1/2010 8:26,0.335,7.0,UK\n2,B,x,1,12/1/2010 8:26,2,8,UK\n1,C,x,2,12/1/2010 "
                + "8:26,0,7,UK\nC3,A,x,-1,2010-12-02 07:45:00,0.5,7,UK\n");

        Assert.Equal([("7", 101L, 2, 2L), ("8", 200L, 1, 3L), ("7", 50L, 1, 5L)], rows.Select(r => (
            r.Customer.Id, (long)(r.Event!.Order?.Value ?? r.Event.Refund!.Amount)!.Value.Minor, r.Lines.Count, r.Lines[0])));
        Assert.Null(rows[2].Event!.Refund!.OrderId);
        Assert.Equal(new DateTimeOffset(2010, 12, 1, 8, 26, 0, TimeSpan.Zero), rows[0].Event!.At);
    }

    [Theory]
    [InlineData("1,A,x,1,12/1/2010 8:26,1,,UK", "missing_user_id", "CustomerID")]
    [InlineData("1,A,x,1,12/1/2010 8:26,-1,7,UK", "invalid_money", "Price")]
    [InlineData("1,A,x,one,12/1/2010 8:26,1,7,UK", "invalid_quantity", "Quantity")]
    [InlineData("1,A,x,1,31/31/2010 8:26,1,7,UK", "invalid_time", "InvoiceDate")]
    [InlineData(",A,x,1,12/1/2010 8:26,1,7,UK", "missing_order_id", "Invoice")]
    [InlineData("1,A,x,1,12/1/2010 8:2", "wrong_column_count", "columns")]
    [InlineData("1,A,\"x", "bad_quotes", "quoted")]
    public void A_bad_line_is_refused_with_its_number_and_column(string line, string code, string named)
    {
        var refusal =
            Data.Read("online-retail", Retail + "1,A,x,1,12/1/2010 8:26,1,7,UK\n" + line).Single(r => r.Refusal is not null).Refusal!;

        Assert.Equal((3L, code), (refusal.Line, refusal.Code));
        Assert.Contains(named.Replace("CustomerID", "Customer ID", StringComparison.Ordinal), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_unknown_column_is_named_at_once()
    {
        var mapped = Data.Context with { Columns = ImmutableDictionary<string, string>.Empty.Add("total", "Amount") };
        var wrong = Data.Context with { Columns = ImmutableDictionary<string, string>.Empty.Add("totl", "Amount") };

        Assert.Contains(
            "total", Assert.Throws<HistoryFormatException>(() => Data.Read("orders", "customer_id,timestamp\n")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Amount", Assert.Throws<HistoryFormatException>(() => Data.Read("orders", "customer_id,timestamp,total\n", mapped)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "totl", Assert.Throws<HistoryFormatException>(() => Data.Read("orders", "customer_id,timestamp,total\n", wrong)).Message,
            StringComparison.Ordinal);
        Assert.Throws<HistoryFormatException>(() => Data.Read("shopify", ""));
        Assert.Null(HistoryReaders.Find("xlsx"));
    }

    [Fact]
    public void Neighbouring_lines_of_an_order_add_products_and_lines_without_an_order_are_orders()
    {
        var mapped = Data.Context with { Columns = ImmutableDictionary<string, string>.Empty.Add("total", "Amount") };
        const string Text = "customer_id,order_id,timestamp,Amount,currency,product_id\n"
            + "a,1,2024-01-01T10:00:00+02:00,10.50,USD,p\na,1,,,,q\nb,,2024-01-02,3,,\nb,,2024-01-02,4,,\na,1,2024-01-03,9,,r\nc,9,2024-01-03,9,XXX,r\nd,8,2024-01-03,9,EUR,r";
        var rows = Data.Read("orders", Text, mapped);

        var orders = rows.Where(r => r.Event is not null).Select(r => r.Event!.OrderId!).ToList();
        Assert.Equal(["1", "line", "line"], orders.Select(o => o.Split(':')[0]));
        Assert.Equal(3, orders.Distinct().Count());
        Assert.Equal(["repeated_order", "unknown_currency", "no_rate"], rows.Where(r => r.Event is null).Select(r => r.Refusal!.Code));
        Assert.Equal((1_050L, 2, 2), ((long)rows[0].Event!.Order!.Value!.Value.Minor, rows[0].Lines.Count, rows[0].Event!.Products.Length));
        Assert.Equal(8, rows[0].Event!.At.Hour);
        Assert.Equal(7, rows.Sum(r => r.Lines.Count));
        Assert.Equal(rows.Select(r => r.Event?.Key), Data.Read("orders", Text, mapped).Select(r => r.Event?.Key));
    }

    [Fact]
    public void A_Shopify_export_gives_orders_by_mail_and_refuses_the_rest()
    {
        var path = Data.Path("fixtures", "samples", "shopify-orders-export.csv");
        var rows = Data.ReadFile("shopify", path);

        Assert.Equal(["buyer@example.com"], rows.Where(r => r.Event is not null).Select(r => r.Customer.Id));
        Assert.Equal((2_250L, 3, 2), ((long)rows[0].Event!.Order!.Value!.Value.Minor, rows[0].Lines.Count, rows[0].Event!.Products.Length));
        Assert.Equal(["missing_user_id", "not_paid"], rows.Skip(1).Select(r => r.Refusal!.Code));

        var text = File.ReadAllText(path).Replace("#1018,,", "#1018,POS@example.com,", StringComparison.Ordinal)
            .Replace("voided", "paid", StringComparison.Ordinal);
        Assert.Equal(
            [(EventKind.OrderCompleted, OrderStanding.Paid, 0), (EventKind.OrderCompleted, OrderStanding.Paid, 2_000),
                (EventKind.OrderCompleted, OrderStanding.Cancelled, 0)],
            Data.Read("shopify", text).Select(r => (r.Event!.Kind, r.Event.Statement!.Standing, (int)r.Event.Statement.Refunded.Minor)));
    }
}
