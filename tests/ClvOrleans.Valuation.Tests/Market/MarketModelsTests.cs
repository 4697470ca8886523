using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Valuation.Market;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Valuation.Tests.Market;

public sealed class MarketModelsTests
{
    private static readonly DateOnly Start = new(2023, 1, 1);
    private static readonly DateOnly End = new(2024, 6, 30);
    private static readonly MarketEffects Effects = new(.9, .5, -.6);

    private static readonly MarketCalendar Calendar = MarketCalendar.Empty
        .With(new MarketEntry("spring", MarketKind.Promotion, new(2023, 4, 1), new(2023, 4, 21)))
        .With(new MarketEntry("autumn", MarketKind.Promotion, new(2023, 9, 10), new(2023, 10, 5), .7))
        .With(new MarketEntry("may", MarketKind.Promotion, new(2024, 5, 1), new(2024, 5, 25)))
        .With(new MarketEntry("winter", MarketKind.Season, new(2023, 11, 15), new(2023, 12, 31)))
        .With(new MarketEntry("rival", MarketKind.Competitor, new(2024, 1, 20), new(2024, 3, 31)));

    public static TheoryData<ILifetimeModel> Baselines() =>
        [new ParetoNbd(.9, 12, .9, 30), new BetaGeometricNbd(.9, 12, .8, 4), new BetaGeometricNbd(.9, 12, .8, 4, 1, true)];

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Simulated_effects_are_recovered(ILifetimeModel baseline)
    {
        var customers = Simulate(baseline, 3_000);
        var fit = MarketModels.Fit(baseline.Family, customers, End, Calendar, FitOptions.MaximumLikelihood);
        double[] truth = [Effects.Promotion, Effects.Season, Effects.Competitor];
        for (var i = 0; i < 3; i++)
        {
            var error = Math.Abs(fit.Report.Parameters[4 + i] - truth[i]);
            Assert.True(error < 3.5 * fit.Report.StandardErrors[4 + i], $"{fit.Report.Names[4 + i]} is {fit.Report.Parameters[4 + i]}");
            Assert.True(fit.Report.StandardErrors[4 + i] < .15);
        }

        var plain = LifetimeModels.Fit(baseline.Family, customers.Select(c => HistoryOf(c, End)), FitOptions.MaximumLikelihood);
        Assert.True(fit.Report.LogLikelihood - plain.Report.LogLikelihood > 20);
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Effects_of_zero_are_the_plain_model(ILifetimeModel baseline)
    {
        var model = new MarketModel(baseline, MarketEffects.None);
        foreach (var customer in Simulate(baseline, 60))
        {
            var (h, until) = (HistoryOf(customer, End), End.AddDays(91));
            Same(baseline.ProbabilityAlive(h), model.ProbabilityAlive(customer, Calendar, End));
            Same(baseline.ExpectedPurchases(h, 13), model.ExpectedPurchases(customer, Calendar, End, until));
        }

        static void Same(double expected, double actual) => Assert.Equal(expected, actual, 0.0);
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Effects_near_zero_are_nearly_the_plain_model(ILifetimeModel baseline)
    {
        var model = new MarketModel(baseline, new MarketEffects(1e-13, -1e-13, 1e-13));
        foreach (var customer in Simulate(baseline, 60))
        {
            var h = HistoryOf(customer, End);
            Assert.Equal(baseline.ProbabilityAlive(h), model.ProbabilityAlive(customer, Calendar, End), 1e-10);
            var expected = baseline.ExpectedPurchases(h, 13);
            Assert.Equal(expected, model.ExpectedPurchases(customer, Calendar, End, End.AddDays(91)), 1e-9 * expected);
        }
    }

    [Fact]
    public void A_calendar_that_says_nothing_leaves_no_effect_to_fit()
    {
        var customers = Simulate(new BetaGeometricNbd(.9, 12, .8, 4), 300);
        var fit = MarketModels.Fit("bg-nbd", customers, End, MarketCalendar.Empty, FitOptions.MaximumLikelihood);
        var plain = LifetimeModels.Fit("bg-nbd", customers.Select(c => HistoryOf(c, End)), FitOptions.MaximumLikelihood);
        Assert.Equal(["r", "alpha", "a", "b"], fit.Report.Names);
        Assert.Equal(plain.Report.LogLikelihood, fit.Report.LogLikelihood, 1e-9 * Math.Abs(plain.Report.LogLikelihood));
        Assert.Equal(MarketEffects.None, fit.Model.Effects);
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Gradient_is_the_slope_of_the_likelihood(ILifetimeModel baseline)
    {
        IMarketLogLikelihood kernel = baseline is BetaGeometricNbd g
            ? new MarketGeometricLogLikelihood(g.DropsAtFirst)
            : new MarketParetoLogLikelihood();
        var likelihood = new MarketLikelihood(kernel, Simulate(baseline, 200), End, Calendar, 1);
        double[] at = [.7, 15, 1.1, 25, .9, .5, -.6];
        var (gradient, other) = (new double[7], new double[7]);
        At(0, 0, gradient);
        for (var i = 0; i < 7; i++)
        {
            var h = 1e-4 * Math.Abs(at[i]);
            var slope = ((8 * (At(i, h, other) - At(i, -h, other))) - At(i, 2 * h, other) + At(i, -2 * h, other)) / (12 * h);
            Assert.Equal(slope, gradient[i], 1e-5 * (1 + Math.Abs(slope)));
        }

        double At(int i, double step, double[] slopes)
        {
            var p = at.Select((v, j) => j == i ? v + step : v).ToArray();
            return likelihood.Evaluate(p[..4], new MarketEffects(p[4], p[5], p[6]), slopes);
        }
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void A_promotion_to_come_raises_what_is_expected_by_its_effect(ILifetimeModel baseline)
    {
        var model = new MarketModel(baseline, Effects);
        DateOnly[] customer = [new(2024, 2, 1), new(2024, 4, 1), new(2024, 6, 20)];
        var without = model.ExpectedPurchases(customer, Calendar, End, End.AddDays(14));
        var with = model.ExpectedPurchases(
            customer, Calendar.With(new MarketEntry("summer", MarketKind.Promotion, End.AddDays(1), End.AddDays(14))), End,
            End.AddDays(14));
        // By less than e^.9 where purchases bring dropout with them.
        Assert.InRange(with / without, baseline is ParetoNbd ? (Math.Exp(.9) * .999) : 2, Math.Exp(.9) * 1.001);
    }

    private static PurchaseHistory HistoryOf(DateOnly[] days, DateOnly end) => new(
        days.Length - 1, (days[^1].DayNumber - days[0].DayNumber) / 7.0, (end.DayNumber - days[0].DayNumber) / 7.0);

    // Day by day: at most one purchase a day, with the day's factor.
    private static DateOnly[][] Simulate(ILifetimeModel model, int customers)
    {
        var random = new Random(31);
        var factors = new Dictionary<DateOnly, double>();
        for (var day = Start; day <= End; day = day.AddDays(1))
        {
            factors[day] = Effects.Factor(Calendar.At(day));
        }

        return [.. Enumerable.Range(0, customers).Select(_ => One())];

        DateOnly[] One()
        {
            var days = new List<DateOnly> { Start.AddDays(random.Next(270)) };
            var (rate, lifetime, drops) = Draw(model, random);
            if (model is BetaGeometricNbd { DropsAtFirst: true } && random.NextDouble() < drops)
            {
                return [.. days];
            }

            for (var day = days[0].AddDays(1); day <= End && (day.DayNumber - days[0].DayNumber) / 7.0 < lifetime; day = day.AddDays(1))
            {
                if (random.NextDouble() < 1 - Math.Exp(-rate * factors[day] / 7))
                {
                    days.Add(day);
                    if (random.NextDouble() < drops)
                    {
                        break;
                    }
                }
            }

            return [.. days];
        }
    }

    private static (double Rate, double Lifetime, double Drops) Draw(ILifetimeModel model, Random random) => model switch
    {
        ParetoNbd p =>
            (Gamma.Sample(random, p.R, p.Alpha), Exponential.Sample(random, Math.Max(1e-300, Gamma.Sample(random, p.S, p.Beta))), 0),
        BetaGeometricNbd g => (Gamma.Sample(random, g.R, g.Alpha), double.PositiveInfinity, Beta.Sample(random, g.A, g.B)),
        _ => throw new ArgumentException(model.Family),
    };
}
