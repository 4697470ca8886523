using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Tests.Catalogues;

public sealed class CatalogueTests
{
    [Fact]
    public void Price_levels_are_shares_of_the_category_that_is_cheaper()
    {
        var catalogue = Catalogue.Of(
            [P("a", "x", 0), P("b", "x", 100), P("c", "x", 100), P("d", "x", 900), P("e", "y", 5), P("f", "x", null), P("g", null, 7)]);
        Assert.Equal([.125f, .5f, .5f, .875f, .5f, .5f, .5f], Enumerable.Range(0, 7).Select(catalogue.PriceLevelOf));
        Assert.Equal([0, 0, 0, 0, 1, 0, -1], Enumerable.Range(0, 7).Select(catalogue.CategoryOf));
    }

    [Fact]
    public void Products_are_numbered_in_order_of_id_whatever_order_they_come_in()
    {
        var catalogue = Catalogue.Of([P("b", null, 1), P("B", null, 1), P("a", null, 1)]);
        string[] ids = ["a", "B", "b", "c"];
        Assert.Equal([1, 0, 2, -1], ids.Select(catalogue.NumberOf));
        Assert.Throws<ArgumentException>(() => Catalogue.Of([P("a", null, 1), P("a", "x", 2)]));
    }

    private static CatalogueProduct P(string id, string? category, int? price) =>
        new(id, category, price is { } minor ? new Money(minor) : null);
}
