using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Tests.Demand;

public sealed class DemandPlanTests
{
    private static readonly DateOnly End = new(2026, 6, 30);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    [Fact]
    public void Without_products_in_orders_there_is_no_plan()
    {
        Assert.Null(DemandPlan.Of([], End));
        Assert.Null(DemandPlan.Of([Customer((0, []))], End));
    }

    [Fact]
    public void A_new_store_with_one_product_and_one_sale_has_a_plan_with_wide_intervals()
    {
        var plan = DemandPlan.Of([Customer((1, [("lamp", "light", 2, 4_000)]))], End)!;
        var table = plan.ByProduct(4, 10, Store);
        Assert.Equal(["(all)", "lamp"], Names(table));
        Assert.All(
            table.Rows, r => Assert.True((double)r[4]! >= (double)0 && (double)r[5]! <= (double)r[4]! && (double)r[6]! > (double)r[4]!));
        Assert.Equal(End.AddDays(1), table.Rows[0][3]);
        Assert.Equal(20.0, (double)table.Rows[0][7]! / (double)table.Rows[0][4]!, 9);
    }

    [Fact]
    public void A_price_of_zero_brings_units_and_no_revenue()
    {
        var table = DemandPlan.Of([Customer((1, [("gift", null, 3, 0)]))], End)!.ByProduct(1, 10, Store);
        Assert.True((double)table.Rows[1][4]! > 0);
        Assert.Equal((0.0, 0.0, 0.0), (table.Rows[1][7], table.Rows[1][8], table.Rows[1][9]));
    }

    [Fact]
    public void Products_categories_and_the_rest_add_up_to_all_together_in_units_and_revenue()
    {
        var plan = DemandPlan.Of(Shop(400, 60), End)!;
        foreach (var table in (ReportTable[])[plan.ByProduct(13, 5, Store), plan.ByProduct(13, 1_000, Store), plan.ByCategory(13, Store)])
        {
            Assert.Equal(table.Columns.Length, table.Columns.Select(c => c.Name).Distinct().Count());
            foreach (var week in table.Rows.GroupBy(r => (long)r[2]!))
            {
                var (all, parts) = (week.Single(r => (string)r[0]! == "(all)"), week.Where(r => (string)r[0]! != "(all)").ToList());
                Assert.Equal((double)all[4]!, parts.Sum(r => (double)r[4]!), 6);
                Assert.Equal((double)all[7]!, parts.Sum(r => (double)r[7]!), 6);
                Assert.All(week, r => Assert.True((double)r[5]! >= 0 && (double)r[5]! <= (double)r[4]! && (double)r[6]! >= (double)r[4]!));
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_products_are_planned()
    {
        var customers = Enumerable.Range(0, 20_000).Select(c => Customer(
            (c % 300, [.. Enumerable.Range(0, 5).Select(i => ($"p{(c * 5) + i}", (string?)$"k{i}", 1, 100L))]))).ToList();
        var table = DemandPlan.Of(customers, End)!.ByProduct(4, 200, Store);
        Assert.Equal(202, Names(table).Distinct().Count(n => n != "(large orders)"));
    }

    [Theory]
    [InlineData("p3")]
    [InlineData("rare")]
    [InlineData("new")]
    public void One_order_of_80_000_units_hardly_moves_what_is_expected(string product)
    {
        var shop = Shop(400, 20);
        shop.AddRange(Enumerable.Range(0, 10).Select(i => Customer((350 - (30 * i), [("rare", "k1", 2, 500L)]))));
        double Expected(int units) => DemandPlan.Of([.. shop, Customer((10, [(product, "k1", units, 80_000L)]))], End)!
            .ByProduct(4, 1_000, Store).Rows.Where(r => (string)r[0]! == product).Sum(r => (double)r[4]!);

        // Between one unit and 64, which an order may have where two to four are usual: 8 times the upper quartile at least.
        Assert.InRange(Expected(80_000), Expected(1), Expected(64) + 1e-9);
        Assert.True(Expected(64) - Expected(1) < 40);
    }

    [Fact]
    public void One_order_of_80_000_units_hardly_moves_the_whole()
    {
        var shop = Shop(400, 20);
        double Expected(int units) => (double)DemandPlan.Of([.. shop, Customer((10, [("p3", "k1", units, 80_000L)]))], End)!
            .ByProduct(1, 1_000, Store).Rows[0][4]!;

        Assert.InRange(Expected(80_000), 0, 1.5 * Expected(1));
    }

    [Fact]
    public void A_season_of_many_orders_is_not_cut()
    {
        var shop = Enumerable.Range(0, 300).Select(c => Customer((c < 100 ? 5 + c : 3, [("tree", null, 1 + (c % 3), 100L)]))).ToList();
        var sales = SalesWeeks.Of(shop, End);
        Assert.Equal(sales.Total, sales.WinsorisedTotal);
    }

    [Fact]
    public void What_is_to_be_ordered_rises_with_the_service_level_the_lead_time_and_what_is_owed()
    {
        var plan = DemandPlan.Of(Shop(400, 20), End)!;
        ProductStock Stock(long? units, int? lead) => new("p3", DateTimeOffset.UnixEpoch, units, LeadDays: lead);
        long Order(ProductStock stock, double service) =>
            (long)ReorderAdvice.Of(plan, [stock], new ReorderTerms(service), Store, End).Rows[0][6]!;

        var plain = Order(Stock(10, 7), .9);
        Assert.True(plain > 0);
        Assert.True(Order(Stock(10, 7), .99) > plain);
        Assert.True(Order(Stock(10, 28), .9) > plain);
        Assert.Equal(plain + 15, Order(Stock(-5, 7), .9));
        Assert.Equal(0, Order(Stock(1_000_000, 7), .9));
    }

    [Fact]
    public void A_product_s_category_is_that_of_its_stock_or_else_of_its_orders()
    {
        var plan = DemandPlan.Of([Customer((1, [("lamp", "light", 2, 4_000), ("rug", "floor", 1, 4_000)]))], End)!;
        ProductStock[] stock =
        [
            new("lamp", DateTimeOffset.UnixEpoch, 5), new("rug", DateTimeOffset.UnixEpoch, 5, Category: "carpets"),
            new("vase", DateTimeOffset.UnixEpoch, 5),
        ];
        Assert.Equal(
            [("lamp", "light"), ("rug", "carpets"), ("vase", null)],
            ReorderAdvice.Of(plan, stock, new ReorderTerms(), Store, End).Rows.Select(r => ((string)r[0]!, (string?)r[1])).Order());
    }

    [Fact]
    public void Stock_of_what_was_never_sold_is_not_ordered_but_for_what_is_owed()
    {
        ProductStock[] stock = [
            new("a", DateTimeOffset.UnixEpoch, 5), new("b", DateTimeOffset.UnixEpoch, -2), new("c", DateTimeOffset.UnixEpoch)
        ];
        var table = ReorderAdvice.Of(null, stock, new ReorderTerms(), Store, End);
        Assert.Equal([("a", 0L), ("b", 2L)], table.Rows.Select(r => ((string)r[0]!, (long)r[6]!)));
        Assert.Contains("Of 1 products the units in stock are not stated.", table.Notes);
    }

    private static IEnumerable<string> Names(ReportTable table) => table.Rows.Select(r => (string)r[0]!).Distinct();

    // Customers who come back, each with products of their own liking.
    private static List<CustomerSales> Shop(int customers, int products) =>
    [
        .. Enumerable.Range(0, customers).Select(c => Customer(
        [
            .. Enumerable.Range(0, 1 + (c % 7)).Select(i => ((c * 13 % 400) - (i * (5 + (c % 40))), i))
                .Where(o => o.Item1 >= 0).DefaultIfEmpty((c % 400, 0))
                .Select(o => (o.Item1, ((string, string?, int, long)[])
                    [($"p{c % products}", $"k{c % 3}", 1 + (c % 4), 1_000),
                        ($"p{(c + o.Item2) % products}", $"k{(c + o.Item2) % 3}", 1, 250)])),
        ])),
    ];

    private static CustomerSales Customer(params (int DaysAgo, (string Product, string? Category, int Units, long Net)[] Lines)[] orders) =>
        new()
        {
            Sales =
            [
                .. orders.OrderByDescending(o => o.DaysAgo).Select(o => new Sale(
                    End.AddDays(-o.DaysAgo), new Money(o.Lines.Sum(l => l.Net)), new Money(o.Lines.Sum(l => l.Net)), Money.Zero, null,
                    [.. o.Lines.Select(l => new SaleLine(l.Product, l.Category, l.Units, new Money(l.Net)))])),
            ],
            Credits = [],
            Campaign = null,
            Channel = null,
            FirstProduct = null,
        };
}
