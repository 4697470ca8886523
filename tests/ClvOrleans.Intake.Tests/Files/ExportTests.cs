using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>Exports of real shops that were read wrongly: each gives what its README calls right.</summary>
public sealed class ExportTests
{
    [Fact]
    public void Ids_that_a_spreadsheet_rounded_are_refused_by_name()
    {
        var rows = Read("csv-customer-id-excel", "orders.csv");
        Assert.Equal(["2:rounded_id", "3:rounded_id"], Fold.Refusals(rows));
        Assert.Contains("customer_id '7.0123E+12'", rows[0].Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_databases_count_and_those_that_can_be_read_both_ways_are_refused_line_by_line()
    {
        var rows = Read("csv-database-times", "orders.csv");
        var times = rows.Where(r => r.Event is not null)
            .ToDictionary(r => r.Customer.Id, r => r.Event!.At.ToString("MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "ts1 04-03 10:00:00.123", "ts2 04-03 10:00:00.123", "ts3 04-03 10:00:00.000", "ts4 04-03 08:00:00.123",
                "ts5 04-03 10:00:00.000",
                "ts7 04-03 10:00:00.000", "ts8 04-03 12:00:00.000", "ts9 04-03 10:00:00.000", "ts10 04-03 10:00:00.000",
                "ts11 04-03 10:00:00.000", "ts12 04-03 10:00:00.000",
                "ts13 04-03 10:00:00.000", "ts14 04-03 08:00:00.000", "ts15 04-03 08:00:00.123", "ts16 04-03 10:00:00.123",
                "ts17 04-03 08:00:00.000", "ts18 04-04 00:00:00.000", "ts20 04-03 17:00:00.000",
            ],
            times.Select(t => $"{t.Key} {t.Value}"));
        Assert.Equal(["7:invalid_time", "20:invalid_time"], Fold.Refusals(rows));
        Assert.All(
            ["4 March 2025", "3 April 2025", "--dates dmy"],
            text => Assert.Contains(text, rows.First(r => r.Refusal is not null).Refusal!.Message, StringComparison.Ordinal));

        var said = Read("csv-database-times", "orders.csv", Data.Context with { Dates = Rules.DateOrder.Mdy });
        Assert.Empty(Fold.Refusals(said));
    }

    [Fact]
    public void A_semicolon_file_has_decimal_commas_and_points_between_thousands()
    {
        var rows = Read("csv-german-thousands", "orders.csv");
        Assert.Equal(
            ["de1 12.5", "de2 1234.56", "de3 1250", "de4 1250", "de6 1234.5"],
            rows.Where(r => r.Event is not null).Select(r => $"{r.Customer.Id} {Value(r)}"));
        Assert.Equal(["6:unknown_currency", "8:invalid_money"], Fold.Refusals(rows)); // Euros in a store of dollars, and 1,234.50.
        var euros = Data.Context with { Store = Data.Context.Store with { Currency = Currency.Of("EUR") } };
        Assert.Equal(12.5m, Value(Read("csv-german-thousands", "orders.csv", euros).Single(r => r.Customer.Id == "de5"), euros.Store));
    }

    [Fact]
    public void A_currency_without_minor_units_has_no_decimals()
    {
        var pesos = Data.Context with { Store = new StoreSettings { Id = new StoreId("shop"), Currency = Currency.Of("CLP") } };
        var rows = Read("csv-german-thousands", "clp.csv", pesos);
        Assert.Equal(["clp3 139980", "clp4 139980", "clp5 1139980"], rows.Select(r => $"{r.Customer.Id} {Value(r, pesos.Store)}"));
        Assert.Equal(139_980m, Value(Assert.Single(Fold.Rows("customer_id,timestamp,total\na,2025-04-03,139.980\n", pesos)), pesos.Store));
    }

    [Fact]
    public void Lines_that_say_different_totals_of_an_order_are_refused_with_the_option_that_sums_them()
    {
        var rows = Read("csv-line-totals", "orders.csv");
        var refusal = Assert.Single(rows);
        Assert.Equal((RefusalCodes.ConflictingLines, 3), (refusal.Refusal!.Code, refusal.Lines.Count));
        Assert.All(
            ["10, 20, 30", "'LI-1'", "--totals line"], text => Assert.Contains(text, refusal.Refusal.Message, StringComparison.Ordinal));

        Assert.Equal((60m, 1), Fold.Of("li1", Read("csv-line-totals", "orders.csv", Data.Context with { Totals = LineTotals.Line })));
    }

    [Fact]
    public void The_first_line_of_Excel_says_what_stands_between_fields() =>
        Assert.Equal((10.5m, 1), Fold.Of("sep1", Read("csv-sep-line", "orders.csv")));

    [Fact]
    public void Only_orders_that_are_paid_count()
    {
        var rows = Read("csv-status-ignored", "orders.csv");
        Assert.Empty(Fold.Refusals(rows));
        Assert.Equal((10m, 1), Fold.Of("wc1", rows));
    }

    [Fact]
    public void A_later_export_updates_its_orders_whichever_is_imported_first()
    {
        var (may, june) =
            (Read("shopify-refund-grows", "may.csv"), Read(
                "shopify-refund-grows", "june.csv", Data.Context with { Now = Data.Context.Now.AddDays(30) }));
        foreach (var (customer, before, after) in new[]
        {
            ("shop-j", (90m, 1), (40m, 1)),
            ("shop-k", (100m, 1), (40m, 1)),
            ("shop-l", (90m, 1), (0m, 0)),
        })
        {
            var mail = customer + "@example.com";
            Assert.Equal(before, Fold.Of(mail, may));
            Assert.Equal(after, Fold.Of(mail, may, june));
            Assert.Equal(after, Fold.Of(mail, june, may));
            Assert.Equal(after, Fold.Of(mail, may, june, may));
        }

        Assert.Equal(
            may.Select(r => r.Event!.Key),
            Read("shopify-refund-grows", "may.csv", Data.Context with { Now = Data.Context.Now.AddDays(60) }).Select(r => r.Event!.Key));
    }

    [Fact]
    public void A_refund_with_tax_and_shipping_takes_off_what_was_returned()
    {
        var rows = Read("shopify-refund-with-tax", "orders.csv");
        Assert.Equal((50m, 1), Fold.Of("shop-b@example.com", rows));
        Assert.Equal((100m, 1), Fold.Of("shop-c@example.com", rows));
        Assert.Equal((10m, 1), Fold.Of("shop-m@example.com", rows));
    }

    private static decimal Value(HistoryRow row, StoreSettings? store = null) =>
        (store ?? Data.Context.Store).Currency.ToMajor(row.Event!.Order!.Value!.Value);

    private static List<HistoryRow> Read(string folder, string file, HistoryContext? context = null) =>
        Fold.Rows(File.ReadAllBytes(Data.Path("fixtures", "exports", folder, file)), context);
}
