using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using Xunit;

namespace ClvOrleans.Training.Tests.Validation;

public sealed class HoldoutTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateOnly Start = new(2024, 1, 1);
    private static readonly DateTimeOffset Now = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_version_tells_how_its_family_did_on_the_second_half()
    {
        var end = Start.AddDays(364);
        var shop = Shop(end, end);
        var judged = Holdout.Judge(ModelTrainer.Train(shop, end, Now, 1), shop, MarketCalendar.Empty, Store);
        Assert.All(judged, v =>
        {
            Assert.Equal((end.AddDays(-182), end), (v.Holdout!.CalibrationEnd, v.Holdout.Until));
            Assert.InRange(v.Holdout.Gini!.Value, .3, 1);
            Assert.InRange(v.Holdout.Bias!.Value, -.25, .25);
        });
    }

    [Fact]
    public void What_came_in_the_second_half_judges_the_trial_and_does_not_teach_it()
    {
        var end = Start.AddDays(364);
        var (steady, silent) = (Shop(end, end), Shop(end, end.AddDays(-182)));
        var version = ModelTrainer.Train(steady, end, Now, 1);
        var judged = Holdout.Judge(version, silent, MarketCalendar.Empty, Store);
        Assert.All(judged, v => Assert.Equal((null, null), (v.Holdout!.Gini, v.Holdout.Bias)));
        Assert.Equal(Holdout.Judge(version, steady, MarketCalendar.Empty, Store)[0].Holdout!.Customers, judged[0].Holdout!.Customers);
    }

    [Fact]
    public void A_few_weeks_are_too_little_to_judge_by()
    {
        var end = Start.AddDays(50);
        var shop = Shop(end, end);
        Assert.All(Holdout.Judge(ModelTrainer.Train(shop, end, Now, 1), shop, MarketCalendar.Empty, Store), v => Assert.Null(v.Holdout));
    }

    // Customers with rates of their own, who never leave; purchases after a day are left out.
    private static List<CustomerSummary> Shop(DateOnly end, DateOnly last)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 500).Select(_ => new CustomerSummary { PurchaseDays = [.. Days(random, end).Where(d => d.Day <= last)] }).Where(c => !c.PurchaseDays.IsEmpty)];
    }

    private static IEnumerable<PurchaseDay> Days(Random random, DateOnly end)
    {
        var rate = .002 + (.05 * Math.Pow(random.NextDouble(), 2));
        for (var day = Start.AddDays(random.Next(30)); day <= end; day = day.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) / rate)))
        {
            var net = new Money(random.Next(1_000, 9_000));
            yield return new PurchaseDay(day, 1, net, net, Money.Zero);
        }
    }
}
