using ClvOrleans.Domain.Currencies;
using ClvOrleans.Intake.Rules;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>Files have the same greatest order as the tracking API.</summary>
public sealed class GreatestOrderTests
{
    [Theory]
    [InlineData("orders", "customer_id,order_id,timestamp,total\na,1,2024-01-02,{0}\n")]
    [InlineData(
        "online-retail",
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n1,x,x,1,2010-12-01 08:26:00,{0},7,UK\n")]
    [InlineData("shopify", "Name,Email,Financial Status,Subtotal,Created at\n#1,a@example.com,paid,{0},2024-01-02 10:00:00 +0000\n")]
    public void An_order_above_it_is_refused_with_the_limit(string format, string file)
    {
        var accepted = Assert.Single(Data.Read(format, string.Format(null, file, "1000000000")));
        Assert.Equal(Data.Context.Store.Currency.Round(Currency.GreatestOrder), accepted.Event!.Order!.Value);

        var refused = Assert.Single(Data.Read(format, string.Format(null, file, "1000000000.01"))).Refusal!;
        Assert.Equal(RuleCodes.InvalidMoney, refused.Code);
        Assert.Contains("1,000,000,000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invoice_whose_lines_add_up_to_more_is_refused_and_so_is_a_refund()
    {
        const string Lines = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
            + "{0}1,x,x,{1},2010-12-01 08:26:00,600000000,7,UK\n{0}1,y,y,{1},2010-12-01 08:26:00,600000000,7,UK\n";
        Assert.All(
            (string[])[string.Format(null, Lines, "", "1"), string.Format(null, Lines, "C", "-1")],
            file => Assert.Equal(RuleCodes.InvalidMoney, Assert.Single(Data.Read("online-retail", file)).Refusal!.Code));
    }
}
