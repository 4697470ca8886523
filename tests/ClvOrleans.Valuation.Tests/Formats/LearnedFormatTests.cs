using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;
using ClvOrleans.Valuation.Tests.Ensemble;
using ClvOrleans.Valuation.Tests.Intervals;

namespace ClvOrleans.Valuation.Tests.Formats;

/// <summary>What was learned is written and read bit for bit: an estimate can be made again years later.</summary>
public sealed class LearnedFormatTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly double[] Features = [.. Enumerable.Range(0, FeatureCatalogue.All.Length).Select(j => 1 + (j % 7 / 8.0))];

    [Fact]
    public void A_learned_body_is_read_and_written_as_it_was()
    {
        var body = Read("learned-body.json");

        Assert.Equal(
            [typeof(ExpectedValue), typeof(CorrectedValue), typeof(TwoPartTrees), typeof(TweedieTrees)],
            body.Value.BaseLearners.Select(m => m.Model.GetType()));
        Assert.Equal("bg-nbd-1", body.Lifetime.Id);
        Golden.Matches("learned-body.json", Encoding.UTF8.GetString(body.ToBytes()));
    }

    [Fact]
    public void Networks_regressions_and_tables_are_read_and_written_as_they_were()
    {
        var body = Read("base-learners.json");

        Assert.Equal(["linear", "rfm", "mlp", "mlp-ziln", "cnn", "gru"], body.Value.BaseLearners.Select(m => m.Name));
        Golden.Matches("base-learners.json", Encoding.UTF8.GetString(body.ToBytes()));
    }

    [Fact]
    public void Intervals_are_written_and_read_bit_for_bit_and_a_body_without_them_opens()
    {
        var body = Read("learned-body.json");
        Assert.Null(body.Value.Intervals);
        var calibration = new IntervalCalibration(
            new ValueShape([Shapes.GroupOf(0, 0, 1.1, .7), Shapes.GroupOf(2, .3, .9, 1 / 3.0)], 5, 183),
            [new HorizonError(91, new LevelError(4.5, .1 + .2))]);

        var with = body with { Value = body.Value with { Intervals = calibration } };
        Golden.Matches("learned-intervals.json", JsonSerializer.Serialize(LearnedBody.FromBytes(with.ToBytes()).Value.Intervals, Web));
        var read = JsonSerializer.Deserialize<IntervalCalibration>(Golden.Read("learned-intervals.json"), Web)!;
        Assert.Equal(calibration.Shape!.Groups[1].LogRatios, read.Shape!.Groups[1].LogRatios);
        Assert.Equal(calibration.ErrorOf(new Horizon(91)), read.ErrorOf(new Horizon(91)));

        // A version of one family keeps them itself.
        var version = body.Lifetime with { Intervals = calibration };
        var json = JsonSerializer.Serialize(version, ValuationJson.Default.ModelVersion);
        Assert.Equal(
            json, JsonSerializer.Serialize(
                JsonSerializer.Deserialize(json, ValuationJson.Default.ModelVersion), ValuationJson.Default.ModelVersion));
        Assert.True(new BuyTillYouDieModel(JsonSerializer.Deserialize(json, ValuationJson.Default.ModelVersion)!).Intervals.HasShape);
        Assert.False(new BuyTillYouDieModel(body.Lifetime).Intervals.HasShape);
    }

    [Fact]
    public void A_doubt_is_written_and_read_bit_for_bit_and_a_body_without_it_opens()
    {
        var body = Read("learned-body.json");
        Assert.Null(body.Value.Doubt);

        var with = LearnedBody.FromBytes((body with { Value = body.Value with { Doubt = new Doubt(.1 + .2) } }).ToBytes());
        Golden.Matches("learned-doubt.json", JsonSerializer.Serialize(with.Value.Doubt, Web));
        Assert.Equal(.1 + .2, with.Value.Doubt!.Share);
    }

    // The bodies were written when the catalogue ended before messages.
    [Theory]
    [InlineData("learned-body.json")]
    [InlineData("base-learners.json")]
    public void A_body_of_an_earlier_catalogue_says_and_explains_what_it_said(string file)
    {
        var body = Read(file);
        var known = body.Columns.Length;
        Assert.Equal("messages", FeatureCatalogue.Names[known]);
        var day = new DateOnly(2026, 3, 1);
        var then = Features[..known];
        foreach (var learner in body.Value.BaseLearners.Select(m => m.Model).Where(m => m is not NetworkValue and not RfmTable))
        {
            var customer = new CustomerSummary();
            Assert.Equal(learner.Predict(new FeatureRow(then, customer, day)), learner.Predict(new FeatureRow(Features, customer, day)));
            var shares = new double[LearnedInputs.Count];
            var baseline = learner.Explain(new FeatureRow(Features, customer, day), body.Value.MedianOfAll.AsSpan(), shares);
            Assert.Equal(learner.Predict(new FeatureRow(Features, customer, day)) - baseline, shares.Sum(), 1e-6);
            Assert.All(shares[known..FeatureCatalogue.All.Length], s => Assert.Equal(0, s));
        }

        Assert.Equal(FeatureCatalogue.All.Length, body.Value.MedianOfAll.Length);
        Assert.True(body.ToBytes().AsSpan().SequenceEqual(LearnedBody.FromBytes(body.ToBytes()).ToBytes()));
    }

    [Fact]
    public void Every_kind_of_base_learner_is_among_the_bodies() => Assert.Equal(
        typeof(ILearned).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>()
            .Select(a => a.DerivedType.Name).Order(StringComparer.Ordinal),
        ((string[])["learned-body.json", "base-learners.json"]).SelectMany(f => Read(f).Value.BaseLearners)
            .Select(m => m.Model.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("linear", 162.91241168367705)]
    [InlineData("rfm", 112.5)]
    [InlineData("mlp", 188.59095871448517)]
    [InlineData("mlp-ziln", 709.0001702308655)]
    [InlineData("cnn", 273.868590593338)]
    [InlineData("gru", 250.76940655708313)]
    public void A_base_learner_of_a_body_says_what_it_said(string name, double expected)
    {
        var model = Read("base-learners.json").Value.BaseLearners.Single(m => m.Name == name).Model;
        var said = model.Predict(new FeatureRow(Features, Nets.Busy, Happened.Day(640)));

        // Networks count in single precision, in the order of the machine's vectors.
        Assert.InRange(said, expected * (1 - 1e-5), expected * (1 + 1e-5));
    }

    private static LearnedBody Read(string name) => LearnedBody.FromBytes(Encoding.UTF8.GetBytes(Golden.Read(name)));
}
