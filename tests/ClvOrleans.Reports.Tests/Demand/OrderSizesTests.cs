using ClvOrleans.Reports.Demand;

namespace ClvOrleans.Reports.Tests.Demand;

public sealed class OrderSizesTests
{
    private static readonly double[] Alike = [.. Enumerable.Repeat(10.0, 9)];

    [Fact]
    public void Where_lines_are_alike_eight_times_as_much_still_counts_in_full() =>
        Assert.Equal([80], OrderSizes.Bounds([Alike]));

    // Quartiles 2 and 8 of the nine that are not the largest: 8 × (8 / 2)³.
    [Fact]
    public void Where_lines_differ_much_more_counts() =>
        Assert.Equal([512], OrderSizes.Bounds([[1, 2, 2, 4, 4, 4, 8, 8, 8, 80_000]]));

    [Fact]
    public void Lines_of_nothing_say_nothing_of_sizes() =>
        Assert.Equal([80], OrderSizes.Bounds([[.. Alike, 0, 0, 0]]));

    [Fact]
    public void A_product_of_few_lines_is_bounded_by_those_of_the_store() =>
        Assert.Equal([80, 80], OrderSizes.Bounds([[.. Alike, 10], [80_000]]));

    [Fact]
    public void A_store_of_few_lines_is_not_bounded() =>
        Assert.Equal([double.PositiveInfinity], OrderSizes.Bounds([[1, 1, 1, 80_000]]));
}
