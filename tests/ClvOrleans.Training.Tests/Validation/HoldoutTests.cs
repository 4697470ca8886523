using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Models;
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
        var judged = Score(Train(shop), shop);
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
        var versions = Train(steady);
        var judged = Score(versions, silent);
        Assert.All(judged, v => Assert.Equal((null, null), (v.Holdout!.Gini, v.Holdout.Bias)));
        Assert.Equal(Score(versions, steady)[0].Holdout!.Customers, judged[0].Holdout!.Customers);
    }

    [Fact]
    public void A_few_weeks_are_too_little_to_judge_by()
    {
        var end = Start.AddDays(50);
        var shop = Shop(end, end);
        Assert.Null(HoldoutTrials.Of(shop, new ForecastTask(ValueKind.Net, Store.Horizon)));
    }

    private static IReadOnlyList<ModelVersion> Train(StoreHistory shop) =>
        ModelTrainer.Train(ModelTrainer.CustomersOf(shop), shop.End, Now, 1);

    private static IReadOnlyList<ModelVersion> Score(IReadOnlyList<ModelVersion> versions, StoreHistory shop) =>
        HoldoutTrials.Of(shop, new ForecastTask(ValueKind.Net, Store.Horizon))!.Score(versions, TestContext.Current.CancellationToken);

    // Customers with rates of their own, who never leave; purchases after a day are left out.
    private static StoreHistory Shop(DateOnly end, DateOnly last)
    {
        var random = new Random(3);
        var orders = Enumerable.Range(0, 500)
            .SelectMany(i => Orders(random, end).Where(o => o.Day <= last).Select(o => Sent($"c{i}", o.Day, o.Net)));
        return StoreHistory.Of([.. orders], Store, end);
    }

    private static (CustomerId, CustomerEvent) Sent(string customer, DateOnly day, Money net) =>
        (CustomerId.OfUser(Store.Id, customer), new CustomerEvent
        {
            MessageId = $"{customer} {day:O}",
            Source = "test",
            Kind = EventKind.OrderCompleted,
            At = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
            Order = new OrderFacts($"{customer} {day:O}", net),
        });

    private static IEnumerable<(DateOnly Day, Money Net)> Orders(Random random, DateOnly end)
    {
        var rate = .002 + (.05 * Math.Pow(random.NextDouble(), 2));
        for (var day = Start.AddDays(random.Next(30)); day <= end; day = day.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) / rate)))
        {
            yield return (day, new Money(random.Next(1_000, 9_000)));
        }
    }
}
