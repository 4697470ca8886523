using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

public sealed class PublishedFileTests
{
    [Fact]
    public void The_CDNOW_sample_folds_to_its_published_figures()
    {
        var rows = Data.ReadFile("cdnow", Data.Path("cdnow", "CDNOW_sample.txt"));
        var store = Data.Context.Store;
        var customers = rows.GroupBy(r => r.Customer)
            .Select(g => CustomerSummary.Of(CustomerState.Fold(g.Select(r => r.Event!), store), store))
            .ToList();

        Assert.Equal(6_919, rows.Count);
        Assert.All(rows, r => Assert.Null(r.Refusal));
        Assert.Equal(2_357, customers.Count);
        Assert.Equal(6_696, customers.Sum(c => c.PurchaseDays.Length));
        Assert.Equal(2_457, customers.Sum(c => c.HistoryAt(new DateOnly(1997, 9, 30))!.Value.Repeats));
    }

    [Fact]
    public void The_CDNOW_master_has_all_its_customers()
    {
        var rows = Data.ReadFile("cdnow", Data.Path("cdnow", "CDNOW_master.txt"));

        Assert.Equal(69_659, rows.Count);
        Assert.Equal(23_570, rows.Select(r => r.Customer).Distinct().Count());
        Assert.Equal(23_502, rows.Where(r => r.Event!.Order!.Value!.Value.Minor > 0).Select(r => r.Customer).Distinct().Count());
        Assert.Equal(69_659, rows.Select(r => r.Event!.Key).Distinct().Count());
    }

    [Fact]
    public void Every_line_of_Online_Retail_II_is_in_an_event_or_refused()
    {
        var rows = Data.ReadFile("online-retail", Data.Path("online_retail_II", "online_retail_II.csv.gz"));
        var events = rows.Where(r => r.Event is not null).ToList();
        var orders = events.Where(r => r.Event!.Kind == EventKind.OrderCompleted).ToList();
        var credits = events.Where(r => r.Event!.Kind == EventKind.OrderRefunded).ToList();
        var refused = rows.Where(r => r.Refusal is not null).GroupBy(r => r.Refusal!.Code)
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Lines.Count));

        Assert.Equal(1_044_844, rows.Sum(r => r.Lines.Count));
        Assert.Equal(5_942, events.Select(r => r.Customer).Distinct().Count());
        Assert.Equal(new Dictionary<string, int> { [RuleCodes.MissingCustomer] = 235_284 }, refused);
        Assert.Equal(791_114, orders.Sum(r => r.Lines.Count));
        Assert.Equal(18_446, credits.Sum(r => r.Lines.Count));
        Assert.Equal(44_872, events.Count);
        Assert.Equal(44_872, events.Select(r => r.Event!.Key).Distinct().Count());
        Assert.All(events, r => Assert.Equal(r.Lines.Count, r.Event!.Products.Length));
    }
}
