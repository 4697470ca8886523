using System.Text;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Tests.Ensemble;

namespace ClvOrleans.Valuation.Tests.Formats;

/// <summary>What was learned is written and read bit for bit: an estimate can be made again years later.</summary>
public sealed class LearnedFormatTests
{
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
