using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

/// <summary>
/// When P(alive) reaches a probability, and what waiting is worth. The figures were computed independently, in double precision.
/// </summary>
public sealed class WaitingTests
{
    // CDNOW (Fader, Hardie and Lee 2005), in weeks.
    private static readonly BetaGeometricNbd Bg = new(.243, 4.414, .793, 2.426);

    public static TheoryData<ILifetimeModel> Models() =>
    [
        Bg,
        new BetaGeometricNbd(.525, 6.183, .891, 1.614, 1, true),
        new BetaGeometricNbd(.85, 8, .79, 2.42, 3, true),
        new ParetoNbd(.5534, 10.5802, .6061, 11.6562),
        new ParetoNbd(.5534, 11.6562, .6061, 10.5802),
    ];

    [Theory]
    [InlineData(.6, 51.42700)]
    [InlineData(.5, 62.49125)]
    [InlineData(.4, 75.74776)]
    public void Bg_nbd_reaches_a_probability_at_its_week(double probability, double week)
    {
        var anna = new PurchaseHistory(2, 30.43, 38.86);
        Assert.Equal(.726579, Bg.ProbabilityAlive(anna), 5e-7);
        Assert.Equal(week, Bg.TimeAtProbabilityAlive(anna, probability), 5e-6);
    }

    [Fact]
    public void A_frequent_buyer_is_missed_within_weeks() =>
        Assert.Equal(47.075, 7 * (Bg.TimeAtProbabilityAlive(new(26, 37, 37), .4) - 37), 5e-4);

    [Theory]
    [MemberData(nameof(Models))]
    public void At_that_time_every_model_has_that_probability(ILifetimeModel model)
    {
        foreach (var (repeats, last) in new[] { (0.0, 0.0), (1, 2), (2, 30.43), (26, 37) })
        {
            var h = new PurchaseHistory(repeats, last, last);
            foreach (var p in new[] { .05, .3, .6, .9 })
            {
                var time = model.TimeAtProbabilityAlive(h, p);
                if (double.IsPositiveInfinity(time))
                {
                    Assert.Equal(1, model.ProbabilityAlive(h with { Observed = 1e6 })); // one-time buyers under BG/NBD never leave
                }
                else if (time == last)
                {
                    Assert.True(model.ProbabilityAlive(h) <= p);
                }
                else
                {
                    Assert.Equal(p, model.ProbabilityAlive(h with { Observed = time }), 1e-9);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_no_probability_or_history_is_refused(ILifetimeModel model)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TimeAtProbabilityAlive(new(2, 3, 4), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TimeAtProbabilityAlive(new(2, 3, 4), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TimeAtProbabilityAlive(new(2, 3, 4), double.NaN));
        Assert.Throws<ArgumentException>(() => model.TimeAtProbabilityAlive(new(-1, 3, 4), .5));
        Assert.Throws<ArgumentException>(() => model.TimeAtProbabilityAlive(new(1, double.NaN, 4), .5));
    }

    [Fact]
    public void Two_weeks_of_waiting_show_who_buys_unaided()
    {
        var waiting = Waiting.OfRate(.6, 1 / 30.0, 14);
        Assert.Equal(.223747, waiting.BuysUnaided, 5e-7);
        Assert.Equal(.484704, waiting.ProbabilityAliveAfter, 5e-7);
    }

    // The action brings 10 to a customer who has left and nothing to one who is there: its value is 10 (1 - p).
    [Fact]
    public void Waiting_pays_while_the_silence_still_adds_enough()
    {
        var waiting = Waiting.OfRate(.6, 1 / 30.0, 14);
        Assert.Equal((10 * .4) - (3.5 * (1 - waiting.BuysUnaided)), waiting.Value(Gain, 3.5), 1e-12);
        Assert.True(waiting.Pays(.6, Gain, 3.5)); // 1.28 later, .50 now
        Assert.True(waiting.Pays(.6, Gain, .5)); // 3.61 later, 3.50 now
        Assert.False(waiting.Pays(.6, Gain, .5, discount: .95)); // 3.43 later
        Assert.True(waiting.Pays(.6, Gain, 4.5)); // not worth its cost now
        Assert.Equal(0, waiting.Value(Gain, 9));

        static double Gain(double alive) => 10 * (1 - alive);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Waiting_with_a_customer_follows_the_model(ILifetimeModel model)
    {
        var h = new PurchaseHistory(2, 30.43, 38.86);
        var waiting = Waiting.Of(model, h, 4);
        Assert.Equal(1 - model.PurchaseProbabilities(h, 4, 100)[0], waiting.BuysUnaided, 1e-12);
        Assert.Equal(model.ProbabilityAlive(h with { Observed = 42.86 }), waiting.ProbabilityAliveAfter);
        Assert.Equal(new Waiting(0, model.ProbabilityAlive(h)), Waiting.Of(model, h, 0));
    }

    [Fact]
    public void A_wait_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Waiting.OfRate(1.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Waiting.OfRate(.5, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Waiting.OfRate(.5, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Waiting.Of(Bg, new(0, 0, 0), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Waiting.OfRate(.5, 1, 1).Value(p => p, 1, discount: 0));
    }
}
