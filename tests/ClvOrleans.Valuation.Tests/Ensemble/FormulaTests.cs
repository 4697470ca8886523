using ClvOrleans.Valuation.Ensemble;
using Xunit;

namespace ClvOrleans.Valuation.Tests.Ensemble;

public sealed class FormulaTests
{
    [Fact]
    public void The_worked_example_of_the_article_gives_48_9_where_its_text_prints_50()
    {
        // .5·30 + .3·2 + .2·150 + .4·5 + .2·4 + .1·1 + .3·1 + .1·1 + .2·0 = 15 + .6 + 30 + 2 + .8 + .1 + .3 + .1 + 0
        var model = new LinearModel(0, [.5, .3, .2, .4, .2, .1, .3, .1, .2]);

        Assert.Equal(48.9, model.Predict([30, 2, 150, 5, 4, 1, 1, 1, 0]), 1e-12);
    }

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Contains(
            "2 numbers", Assert.Throws<ArgumentException>(() => new LinearModel(0, [1, 2]).Predict([1])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_classical_formula_is_order_value_times_frequency_times_lifetime_times_margin_less_acquisition() =>
        Assert.Equal((50 * 4 * 3 * .3) - 40, ClassicalFormula.Value(50, 4, 3, .3, 40), 1e-12);

    [Theory]
    [InlineData(double.NaN, 4, 3, .3, 40, "averageOrderValue")]
    [InlineData(50, -1, 3, .3, 40, "ordersPerYear")]
    [InlineData(50, 4, double.PositiveInfinity, .3, 40, "years")]
    [InlineData(50, 4, 3, 1.3, 40, "margin")]
    [InlineData(50, 4, 3, .3, -1, "acquisitionCost")]
    public void The_classical_formula_names_what_is_out_of_range(
        double value, double orders, double years, double margin, double cost, string name) =>
        Assert.Equal(
            name, Assert.Throws<ArgumentOutOfRangeException>(() => ClassicalFormula.Value(value, orders, years, margin, cost)).ParamName);

    [Fact]
    public void A_tree_sends_at_most_the_threshold_to_the_left_and_the_unknown_to_the_right()
    {
        // x ≤ 1 ? 10 : (y ≤ 5 ? 20 : 30)
        var tree = new DecisionTree([0, 1], [1, 5], [-1, -2], [1, -3], [10, 20, 30]);

        Assert.Equal([10, 20, 30, 30], new[] { Of(1, 9), Of(2, 5), Of(2, 6), Of(float.NaN, float.NaN) });
        Assert.Equal((2 * 10) + 1, new TreeEnsemble([tree], [2], 1).Score([0, 0]));

        double Of(float x, float y) => tree.Score([x, y]);
    }
}
