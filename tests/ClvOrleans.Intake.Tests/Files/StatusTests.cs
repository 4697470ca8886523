using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>What shops say of their orders is honoured, or asked about.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData("completed", 100, 1)]
    [InlineData("wc-processing", 100, 1)]
    [InlineData("Complete", 100, 1)]
    [InlineData("partially_paid", 100, 1)]
    [InlineData("Awaiting Shipment", 100, 1)]
    [InlineData("pending", 0, 0)]
    [InlineData("pending_payment", 0, 0)]
    [InlineData("wc-on-hold", 0, 0)]
    [InlineData("holded", 0, 0)]
    [InlineData("failed", 0, 0)]
    [InlineData("cancelled", 0, 0)]
    [InlineData("canceled", 0, 0)]
    [InlineData("refunded", 0, 0)]
    [InlineData("closed", 0, 0)]
    [InlineData("voided", 0, 0)]
    public void A_status_decides_whether_an_order_counts(string status, int net, int orders)
    {
        Assert.Equal((net, orders), Fold.Of("a", Fold.Rows($"customer_id,order_id,timestamp,total,status\na,1,2024-01-02,100,{status}\n")));
        Assert.Equal(
            (net, orders), Fold.Of("a", Fold.Rows($"customer_id;order_id;timestamp;total;Order Status\na;1;2024-01-02;100;{status}\n")));
    }

    [Theory]
    [InlineData("completed", "30", 70, 1)]
    [InlineData("completed", "-30", 70, 1)]
    [InlineData("completed", "100", 0, 0)]
    [InlineData("partially_refunded", "30", 70, 1)]
    [InlineData("partially_refunded", "100", 0.01, 1)]
    [InlineData("closed", "30", 70, 1)]
    [InlineData("closed", "0", 0, 0)]
    [InlineData("refunded", "", 0, 0)]
    public void A_refund_is_taken_off(string status, string refund, decimal net, int orders) =>
        Assert.Equal(
            (net, orders),
            Fold.Of(
                "a", Fold.Rows($"customer_id,order_id,timestamp,total,status,Refunded Amount\na,1,2024-01-02,100,{status},{refund}\n")));

    [Theory]
    [InlineData("completed,paid", 1)]
    [InlineData("completed,pending", 0)]
    [InlineData("packing,paid", 1)]
    [InlineData("cancelled,paid", 0)]
    [InlineData("shipped,refunded", 0)]
    public void A_column_of_the_payment_says_whether_it_is_paid(string statuses, int orders) =>
        Assert.Equal(
            orders,
            Fold.Of("a", Fold.Rows($"customer_id,order_id,timestamp,total,status,payment_status\na,1,2024-01-02,100,{statuses}\n")).Orders);

    [Theory]
    [InlineData("2024-01-05 10:00", 0)]
    [InlineData("", 1)]
    [InlineData("0000-00-00 00:00:00", 1)]
    [InlineData("NULL", 1)]
    public void A_time_of_cancellation_cancels(string cancelled, int orders) =>
        Assert.Equal(
            orders, Fold.Of("a", Fold.Rows($"customer_id,order_id,timestamp,total,cancelled_at\na,1,2024-01-02,100,{cancelled}\n")).Orders);

    [Fact]
    public void A_status_that_is_not_known_is_refused_with_its_column_and_the_options()
    {
        const string Text = "customer_id,order_id,timestamp,total,status\na,1,2024-01-02,100,packing\nb,2,2024-01-02,100,paid\n";
        var rows = Fold.Rows(Text);
        Assert.Equal(["2:unknown_status"], Fold.Refusals(rows));
        Assert.All(
            ["status", "'packing'", "--status", "--map status="],
            part => Assert.Contains(part, rows.Single(r => r.Refusal is not null).Refusal!.Message, StringComparison.Ordinal));

        var said = ImmutableDictionary.Create<string, OrderStanding>(StringComparer.OrdinalIgnoreCase).Add("Packing", OrderStanding.Paid);
        Assert.Empty(Fold.Refusals(Fold.Rows(Text, Data.Context with { Statuses = said })));
        var left = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("status", "");
        Assert.Empty(Fold.Refusals(Fold.Rows(Text, Data.Context with { Columns = left })));
    }

    [Fact]
    public void A_part_that_nothing_names_is_asked_for() =>
        Assert.Equal(
            ["2:missing_refund"],
            Fold.Refusals(Fold.Rows("customer_id,order_id,timestamp,total,status\na,1,2024-01-02,100,partially_refunded\n")));

    [Theory]
    [InlineData("pending,100,0", "completed,100,0", 100, 1)]
    [InlineData("failed,100,0", "processing,100,0", 100, 1)]
    [InlineData("completed,100,0", "cancelled,100,0", 0, 0)]
    [InlineData("completed,100,0", "refunded,100,100", 0, 0)]
    [InlineData("completed,100,10", "completed,100,60", 40, 1)]
    public void A_later_file_updates_its_orders_whichever_is_imported_first(string earlier, string later, decimal net, int orders)
    {
        const string Header = "customer_id,order_id,timestamp,total,status,refund_amount,note\n";
        List<HistoryRow> Read(string row, int day) =>
            Fold.Rows($"{Header}a,1,2024-01-02,{row.Split(',')[1]},{row.Split(',')[0]},{row.Split(',')[2]},{day}\n", Data.Context with
            {
                Now = Data.Context.Now.AddDays(day),
            });
        Assert.Equal((net, orders), Fold.Of("a", Read(earlier, 0), Read(later, 30)));
        Assert.Equal((net, orders), Fold.Of("a", Read(later, 0), Read(earlier, 30)));
        Assert.Equal((net, orders), Fold.Of("a", Read(earlier, 0), Read(later, 30), Read(earlier, 60)));
        Assert.Equal(Read(earlier, 0).Single().Event!.Key, Read(earlier, 90).Single().Event!.Key);
    }

    [Fact]
    public void Of_totals_that_changed_the_later_change_holds_else_the_later_import()
    {
        static List<HistoryRow> Read(string total, string updated, int day) => Fold.Rows(
            $"customer_id,order_id,timestamp,total,updated_at\na,1,2024-01-02,{total},{updated}\n",
            Data.Context with { Now = Data.Context.Now.AddDays(day) });
        Assert.Equal(120m, Fold.Of("a", Read("120", "2024-02-02", 0), Read("100", "2024-01-03", 30)).Net);
        Assert.Equal(120m, Fold.Of("a", Read("100", "", 0), Read("120", "", 30)).Net);
        Assert.Equal(100m, Fold.Of("a", Read("150", "2024-01-03", 0), Read("100", "2024-03-02", 0), Read("120", "2024-02-02", 30)).Net);
    }

    [Fact]
    public void Lines_of_an_order_that_contradict_one_another_are_named()
    {
        var rows = Fold.Rows(
            "customer_id,order_id,timestamp,total,status,product_id\na,1,2024-01-02,10,paid,p\na,1,2024-01-03,10.00,Paid,q\nb,1,2024-01-02,10,paid,r\n"
                + "c,2,2024-01-02,10,paid,p\nc,2,2024-01-02,10,cancelled,q\n");
        Assert.Equal(["4:conflicting_lines", "5:conflicting_lines"], Fold.Refusals(rows));
        Assert.Equal(["conflicting_time"], rows.Single(r => r.Event is not null).Notes.Select(n => n.Code));
        Assert.Equal(5, rows.Sum(r => r.Lines.Count));
    }

    [Theory]
    [InlineData("0,0,5,5", 2)]
    [InlineData("0,5,1,6", 2)]
    [InlineData("0,0,0,0", 2)]
    public void Of_an_order_that_is_worth_nothing_no_refund_takes_anything_off(string amounts, decimal refunded) => Assert.Equal(
        (0m, 1),
        Fold.Of("anna@example.com", Fold.Rows(
            "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem "
                + "name,Lineitem price,Refunded Amount,Id\n#1,anna@example.com,partially_refunded,2026-05-01 10:00:00 -0400,USD," + amounts
                + $",2026-05-01 10:00:00 -0400,1,Gift,10,{refunded},5001\n")));
}
