using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Statistics.Tests.Experiments;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>
/// Hillstrom's experiment by the product's own path: each customer is an exposure and events, the outcomes are measured from the events,
/// and the experiment is read. The figures were computed independently, in double precision, from the same file.
/// </summary>
public sealed class HillstromReadingTests
{
    private static readonly string[] Arms = ["none", "mens", "womens"];
    private static readonly Lazy<Task<ImmutableArray<ExposedUnit>>> Loaded = new(LoadAsync);

    [Fact]
    public async Task Arms_have_their_sizes_and_the_ratio_of_their_shares()
    {
        var reading = Lab.Read(Record(Metric.Spend), await UnitsAsync());
        Assert.Equal([21_306, 21_307, 21_387], reading.Arms.Select(a => a.Matured));
        Assert.Equal(.20253, reading.SampleRatio!.ChiSquare, 5e-6);
        Assert.Equal(2, reading.SampleRatio.DegreesOfFreedom);
        Assert.True(reading.IsComplete);
        Assert.Empty(reading.Remarks);
    }

    [Theory]
    [InlineData(Metric.Visited, "mens", .0765896, 22.486)]
    [InlineData(Metric.Visited, "womens", .0452331, 13.949)]
    [InlineData(Metric.Purchased, "mens", .0068050, 7.385)]
    [InlineData(Metric.Purchased, "womens", .0031111, 3.780)]
    [InlineData(Metric.Spend, "mens", .769827, 5.300)]
    [InlineData(Metric.Spend, "womens", .424412, 3.256)]
    public async Task Mails_bring_visits_conversions_and_spend(Metric metric, string arm, double effect, double statistic)
    {
        var reading = Arm(Lab.Read(Record(metric), await UnitsAsync()), arm);
        Assert.Equal(effect, reading.Primary.Once!.Estimate, metric == Metric.Spend ? 5e-7 : 5e-8);
        Assert.Equal(statistic, reading.Primary.Once.Statistic, 5e-4);
        Assert.Equal(metric == Metric.Spend, reading.Primary.Ranks is not null);
        Assert.Equal(Verdict.Better, reading.Verdict);
    }

    [Theory]
    [InlineData("mens", .145247, .00121719, .767450, .145215)]
    [InlineData("womens", .130333, .00103127, .422707, .130308)]
    public async Task What_was_predicted_hardly_explains_the_spend_and_the_reading_says_so(
        string arm, double error, double theta, double adjusted, double adjustedError)
    {
        var spend = Arm(Lab.Read(Record(Metric.Spend), await UnitsAsync()), arm).Primary;
        Assert.Equal(error, spend.Once!.StandardError, 5e-7);
        Assert.Equal(theta, spend.Cuped!.Theta, 5e-9);
        Assert.Equal(adjusted, spend.Adjusted!.Estimate, 5e-7);
        Assert.Equal(adjustedError, spend.Adjusted.StandardError, 5e-7);
        Assert.InRange(spend.Cuped.VarianceReduction, .0003, .0005);
    }

    [Theory]
    [InlineData(Metric.Visited, "womens", "0", .011078, .004424)]
    [InlineData(Metric.Visited, "womens", "1", .073115, .004613)]
    [InlineData(Metric.Visited, "mens", "0", .069155, .004901)]
    [InlineData(Metric.Visited, "mens", "1", .082558, .004668)]
    [InlineData(Metric.Spend, "womens", "0", .278354, .205063)]
    [InlineData(Metric.Spend, "womens", "1", .544214, .167266)]
    [InlineData(Metric.Spend, "mens", "0", .682735, .222230)]
    [InlineData(Metric.Spend, "mens", "1", .841211, .191459)]
    public async Task Effects_differ_by_what_customers_bought_before(Metric metric, string arm, string womens, double effect, double error)
    {
        var segments = Arm(Lab.Read(Record(metric), await UnitsAsync()), arm).Segments!.Segments;
        var segment = segments.Single(s => s.Segment == womens);
        Assert.Equal(effect, segment.Effect.Estimate, 5e-7);
        Assert.Equal(error, segment.Effect.StandardError, 5e-7);
        Assert.True(segment.Holm >= segment.Effect.PValue);
    }

    [Fact]
    public async Task The_mens_mail_pays_up_to_a_cost_of_twenty_three_cents()
    {
        var reading = Arm(Lab.Read(Record(Metric.Spend), await UnitsAsync()), "mens");
        Assert.Equal(.0309481, reading.Rollout!.Mean, 5e-8);
        Assert.Equal(.0435740, reading.Rollout.Deviation, 5e-8);
        Assert.True(reading.Rollout.Treat);
    }

    private static ArmReading Arm(ExperimentReading reading, string arm) => reading.Comparisons.Single(c => c.Arm == arm);

    // The printed tests are of one look. Bonferroni over the two arms widens intervals only.
    private static ExperimentRecord Record(Metric metric) => Lab.Running(
        Lab.Definition(metric, [.. Arms.Select(a => new ArmShare(a, 1 / 3.0))]) with { Cost = .20, StopRule = Reading.Once },
            units: 64_000);

    private static async Task<ImmutableArray<ExposedUnit>> UnitsAsync()
    {
        await Hillstrom.Customers();
        return await Loaded.Value;
    }

    private static async Task<ImmutableArray<ExposedUnit>> LoadAsync()
    {
        var customers = await Hillstrom.Customers();
        var model = ValueModels.Open(PriorModel.Version);
        return [.. customers.Select((c, i) => Load(c, i, model))];
    }

    private static ExposedUnit Load(Hillstrom customer, int number, IValueModel model)
    {
        var exposure = Lab.Exposure($"{number}", Arms[customer.Arm]) with
        {
            Segment = customer.Womens ? "1" : "0",
            Predicted = Money.Rounded(customer.History * 100),
        };
        var events = new List<CustomerEvent>();
        if (customer.Visit)
        {
            events.Add(Event("visit", EventKind.PageViewed));
        }

        if (customer.Conversion)
        {
            events.Add(Event("order", EventKind.OrderCompleted) with
            {
                Order = new OrderFacts($"{number}", Money.Rounded(customer.Spend * 100)),
            });
        }

        var timeline = CustomerTimeline.Of(exposure.Customer, events, Lab.Store);
        return new ExposedUnit(
            exposure, OutcomeRule.Measure(exposure, timeline, events.Count, model, MarketCalendar.Empty, Lab.Store));
    }

    private static CustomerEvent Event(string id, EventKind kind) =>
        new() { MessageId = id, Source = "web", Kind = kind, At = Lab.Start.AddDays(3) };
}
