using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Tests.Ensemble;

public sealed class NetworkValueTests
{
    private static readonly DateOnly Today = Happened.Day(640);
    private static readonly double[] Middle = Nets.Features(1);

    [Theory]
    [InlineData(SeriesKind.None)]
    [InlineData(SeriesKind.Weeks)]
    [InlineData(SeriesKind.Steps)]
    public void One_customer_alone_is_worth_what_it_is_in_a_batch_to_the_bit(SeriesKind series)
    {
        const int customers = 300;
        var value = Nets.Of(series);
        var (rows, said) = (new float[customers * value.Input.Width], new float[customers]);
        for (var i = 0; i < customers; i++)
        {
            value.Input.Write(Row(i), rows.AsSpan(i * value.Input.Width, value.Input.Width));
        }

        value.Network.Predict(rows, said);
        Assert.All(said.Index(), s => Assert.Equal(Math.Min(value.Scale * s.Item, value.Most), value.Predict(Row(s.Index))));
        Assert.True(said.Distinct().Count() > customers / 2);
    }

    [Theory]
    [InlineData(SeriesKind.None)]
    [InlineData(SeriesKind.Weeks)]
    [InlineData(SeriesKind.Steps)]
    public void Kept_as_JSON_it_says_the_same_to_the_bit(SeriesKind series)
    {
        var value = Nets.Of(series);
        var json = JsonSerializer.Serialize<ILearned>(value);
        var again = Assert.IsType<NetworkValue>(JsonSerializer.Deserialize<ILearned>(json));

        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(value.Predict(Row(i)), again.Predict(Row(i))));
        Assert.Equal(value.Curve.ToString(), again.Curve.ToString());
        Assert.Equal(json, JsonSerializer.Serialize<ILearned>(again));
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var json = JsonSerializer.SerializeToNode<ILearned>(Nets.Of(SeriesKind.None))!;
        var bytes = json["Bytes"]!.GetValue<string>();
        json["Bytes"] = bytes[..400] + (bytes[400] == 'A' ? 'B' : 'A') + bytes[401..];

        Assert.Contains(
            "checksum", Assert.Throws<InvalidDataException>(() => json.Deserialize<ILearned>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SeriesKind.None)]
    [InlineData(SeriesKind.Weeks)]
    [InlineData(SeriesKind.Steps)]
    public void Shares_add_up_to_the_difference_from_the_middle_customer(SeriesKind series)
    {
        var value = Nets.Of(series);
        var middle = value.Predict(new FeatureRow(Middle, new CustomerSummary(), Today));
        for (var i = 0; i < 20; i++)
        {
            var shares = new double[LearnedInputs.Count];

            Assert.Equal(middle, value.Explain(Row(i), Middle, shares));
            Assert.Equal(value.Predict(Row(i)) - middle, shares.Sum(), 1e-9 * value.Most);
            Assert.Equal(series != SeriesKind.None, shares.Skip(FeatureCatalogue.All.Length).Any(s => s != 0));
            Assert.Equal(series == SeriesKind.Steps, shares[^1] != 0);
        }
    }

    [Fact]
    public void What_is_the_same_as_the_middle_adds_nothing_and_an_indicator_counts_for_its_feature()
    {
        var value = Nets.Of(SeriesKind.None);
        var features = Middle.ToArray();
        features[10] = double.NaN;
        var shares = new double[LearnedInputs.Count];
        value.Explain(new FeatureRow(features, Nets.Busy, Today), Middle, shares);

        Assert.NotEqual(0, shares[10]);
        Assert.All(shares.Index().Where(s => s.Index != 10), s => Assert.Equal(0, s.Item));
    }

    [Fact]
    public void The_bound_on_what_is_said_holds_in_the_explanation_too()
    {
        var value = Nets.Of(SeriesKind.Steps);
        var said = value.Predict(Row(2));
        var bounded = value with { Most = said / 2 };
        var shares = new double[LearnedInputs.Count];

        Assert.Equal(said / 2, bounded.Predict(Row(2)));
        Assert.Equal(said / 2, bounded.Explain(Row(2), Middle, shares) + shares.Sum(), 1e-9 * said);
    }

    private static FeatureRow Row(int customer) => new(Nets.Features(customer), Nets.Busy, Today.AddDays(-customer));
}
