using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>
/// Rankings judged on Hillstrom's experiment. The figures are scikit-uplift's, and for the plain curve an independent computation's.
/// </summary>
public sealed class UpliftCurveTests
{
    [Theory]
    [InlineData("W", "visit", "womens", .064016, .029431)]
    [InlineData("W", "visit", "newbie", .010970, .005011)]
    [InlineData("W", "visit", "recency", .004974, .002166)]
    [InlineData("W", "visit", "history", .002622, .001048)]
    [InlineData("W", "conversion", "womens", .077049, .002221)]
    [InlineData("M", "visit", "history", .018433, .009578)]
    [InlineData("M", "visit", "recency", -.011284, -.006068)]
    public async Task Scores_are_those_of_scikit_uplift(string arm, string outcome, string by, double qini, double uplift)
    {
        var curve = UpliftCurve.Of(await Units(arm, outcome, by));
        Assert.Equal(qini, curve.QiniScore!.Value, 5e-7);
        Assert.Equal(uplift, curve.UpliftScore!.Value, 5e-7);
    }

    [Theory]
    [InlineData("W", "visit", 967.4005, 1.013936)]
    [InlineData("M", "visit", 1_631.8938, 1.064162)]
    [InlineData("W", "spend", 9_076.9041, .932769)] // by value worse than at random
    [InlineData("M", "spend", 16_402.7072, 1.197382)]
    public async Task The_plain_curve_ends_at_the_gain_of_all_and_by_history_has_its_area(
        string arm, string outcome, double gain, double area)
    {
        var curve = UpliftCurve.Of(await Units(arm, outcome, "history"));
        Assert.Equal(gain, curve.Gain, 5e-5);
        Assert.Equal(area, curve.AreaOverRandom, 5e-7);
        Assert.Equal(outcome == "spend", curve.QiniScore is null);
    }

    [Fact]
    public void Neither_the_order_of_rows_nor_another_model_changes_a_figure()
    {
        var random = new Random(13);
        RankedUnit[] units = [.. Enumerable.Range(0, 500).Select(_ => new RankedUnit(random.Next(9), random.Next(2) == 0, random.Next(2)))];
        var curve = UpliftCurve.Of(units);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(units);
            var again = UpliftCurve.Of(units);
            Assert.Equal(curve.Points, again.Points);
            Assert.Equal((curve.QiniScore, curve.UpliftScore), (again.QiniScore, again.UpliftScore));
            Assert.Equal(curve.AreaOverRandom, again.AreaOverRandom);
        }
    }

    [Fact]
    public void The_perfect_order_has_a_score_of_one_and_no_order_one_of_nought()
    {
        RankedUnit[] units = [new(1, true, 1), new(0, true, 0), new(0, false, 0), new(-1, false, 1), new(1, true, 1)];
        Assert.Equal(1, UpliftCurve.Of(units).QiniScore!.Value, 1e-12);
        var none = UpliftCurve.Of(units.Select(u => u with { Score = 0 }));
        Assert.Equal(0, none.QiniScore!.Value, 1e-12);
        Assert.Equal(1, none.AreaOverRandom, 1e-12);
        Assert.Equal([(0, 0), (5, .5)], none.Points); // 2 of 3 treated, 1 of 2 control: 2 - 1 x 3/2
    }

    [Fact]
    public void What_the_data_cannot_tell_is_said()
    {
        Assert.Equal("The control has no units.", Assert.Throws<ExperimentException>(() => UpliftCurve.Of([new(1, true, 1)])).Message);
        Assert.Equal("The treated arm has no units.", Assert.Throws<ExperimentException>(() => UpliftCurve.Of([new(1, false, 1)])).Message);
        Assert.Throws<ArgumentException>(() => UpliftCurve.Of([new(double.NaN, true, 1), new(1, false, 1)]));
    }

    private static async Task<IEnumerable<RankedUnit>> Units(string arm, string outcome, string by)
    {
        var treated = arm == "M" ? Hillstrom.MensMail : Hillstrom.WomensMail;
        return (await Hillstrom.Customers()).Where(c => c.Arm == treated || c.Arm == Hillstrom.None)
            .Select(c => new RankedUnit(Score(c), c.Arm == treated, Outcome(c)));

        double Score(Hillstrom c) => by switch
        {
            "womens" => c.Womens ? 1 : 0,
            "newbie" => c.Newbie ? 1 : 0,
            "recency" => c.Recency,
            _ => c.History,
        };

        double Outcome(Hillstrom c) => outcome switch { "visit" => c.Visit ? 1 : 0, "conversion" => c.Conversion ? 1 : 0, _ => c.Spend };
    }
}
