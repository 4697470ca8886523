using System.Text.Json;
using ClvOrleans.Statistics.Preprocessing;
using Xunit;

namespace ClvOrleans.Statistics.Tests.Preprocessing;

public sealed class PreprocessorTests
{
    private const double Unknown = double.NaN;

    [Theory]
    [InlineData(MissingRule.Mean, 4)]
    [InlineData(MissingRule.Median, 2)]
    [InlineData(MissingRule.Indicator, 4)]
    [InlineData(MissingRule.Interpolation, 4)]
    public void What_is_not_known_is_filled_from_the_training_data(MissingRule rule, double expected)
    {
        var fitted = Fit(new ColumnRule { Missing = rule }, 1, 2, 9, Unknown);

        Assert.Equal(expected, Apply(fitted, Unknown)[0]);
        Assert.Equal(expected, Apply(fitted, double.PositiveInfinity)[0]);
        Assert.Equal((1, 0), (fitted.Columns[0].Filled, fitted.Columns[0].Clipped));
    }

    [Fact]
    public void An_indicator_says_where_a_number_stands_in()
    {
        var fitted = Fit(new ColumnRule { Missing = MissingRule.Indicator }, 1, 3);

        Assert.Equal([2, 1], Apply(fitted, Unknown));
        Assert.Equal([7, 0], Apply(fitted, 7));
    }

    [Fact]
    public void A_series_is_interpolated_between_its_neighbours_and_carried_on_at_its_ends()
    {
        var rule = new ColumnRule { Missing = MissingRule.Interpolation };
        var fitted = Preprocessor.Fit(["a", "b", "c", "d"], [rule, rule, rule, rule], [1, 1, 1, 1]);

        Assert.Equal([2, 4, 6, 6], Apply(fitted, 2, Unknown, 6, Unknown));
        Assert.Equal([3, 3, 4, 5], Apply(fitted, Unknown, 3, Unknown, 5));
    }

    [Theory]
    [InlineData(OutlierRule.ZScore, 1.0, 5 + 3.0331501776206204)] // mean 5, deviation √9.2 of 1, 3, 5, 6, 10
    [InlineData(OutlierRule.Interquartile, null, 6 + (1.5 * 3))] // quartiles 3 and 6 of the same, by type 7
    [InlineData(OutlierRule.Winsorise, .25, 6)]
    public void Outliers_are_pulled_in_to_the_bound_of_their_rule(OutlierRule rule, double? outliers, double bound)
    {
        var fitted = Fit(new ColumnRule { Outlier = rule, Outliers = outliers }, 10, 5, 1, 3, 6);

        Assert.Equal(bound, Apply(fitted, 1_000)[0], 1e-12);
        Assert.Equal(5, Apply(fitted, 5)[0]);
    }

    [Fact]
    public void How_many_numbers_were_touched_is_told()
    {
        var fitted = Fit(
            new ColumnRule { Outlier = OutlierRule.Winsorise, Outliers = .25, Missing = MissingRule.Mean }, 1, 3, 5, 6, 10, Unknown);

        Assert.Equal((1, 2), (fitted.Columns[0].Filled, fitted.Columns[0].Clipped));
    }

    [Fact]
    public void Scales_are_those_of_the_training_data()
    {
        Assert.Equal(1.5, Apply(Fit(new ColumnRule { Scale = ScaleRule.MinMax }, 2, 4), 5)[0]);
        Assert.Equal(2, Apply(Fit(new ColumnRule { Scale = ScaleRule.Standardise }, 2, 4), 5)[0]);
        Assert.Equal(-Math.Log(10), Apply(Fit(new ColumnRule { Logarithm = true }, 2, 4), -9)[0], 1e-15);
    }

    [Fact]
    public void A_logarithm_has_a_unit_of_which_a_small_part_changes_little()
    {
        var months = Fit(new ColumnRule { Logarithm = true, LogarithmUnit = 30 }, 2, 400);

        Assert.Equal(Math.Log(2), Apply(months, 30)[0], 1e-15);
        Assert.Equal(-Math.Log(4), Apply(months, -90)[0], 1e-15);
        Assert.Equal(Math.Log(31.0 / 30), Apply(months, 1)[0], 1e-15);
    }

    [Fact]
    public void A_constant_and_an_unknown_column_stay_finite()
    {
        var rule = new ColumnRule { Outlier = OutlierRule.ZScore, Missing = MissingRule.Indicator, Scale = ScaleRule.Standardise };
        var fitted = Preprocessor.Fit(["constant", "unknown"], [rule, rule], [3, Unknown, 3, Unknown]);

        Assert.Equal([0, 0, 0, 1], Apply(fitted, 9, Unknown));
    }

    [Fact]
    public void It_is_kept_with_the_model_to_the_bit()
    {
        var fitted = Fit(
            new ColumnRule
            {
                Logarithm = true,
                LogarithmUnit = 30,
                Outlier = OutlierRule.ZScore,
                Missing = MissingRule.Median,
                Scale = ScaleRule.Standardise
            },
            1, 2, 7, 300, Unknown);
        var read = JsonSerializer.Deserialize<Preprocessor>(JsonSerializer.Serialize(fitted))!;

        Assert.Equal(fitted.Columns, read.Columns);
        Assert.Equal(Apply(fitted, 5.5), Apply(read, 5.5));
    }

    [Fact]
    public void Rows_that_are_not_whole_are_refused() =>
        Assert.Throws<ArgumentException>(() => Preprocessor.Fit(["a", "b"], [new ColumnRule(), new ColumnRule()], [1, 2, 3]));

    private static Preprocessor Fit(ColumnRule rule, params double[] column) => Preprocessor.Fit(["x"], [rule], column);

    private static double[] Apply(Preprocessor fitted, params double[] row)
    {
        var prepared = new double[fitted.Width];
        fitted.Apply(row, prepared);
        return prepared;
    }
}
