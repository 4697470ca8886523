using System.Globalization;
using ClvOrleans.Grains.Sales;

namespace ClvOrleans.Grains.Tests.Sales;

/// <summary>Texts of sales: one copy of each, and not of all that were ever sold.</summary>
public sealed class SharedTextsTests
{
    [Fact]
    public void Equal_texts_are_one()
    {
        var texts = new SharedTexts();
        var first = texts.Of(Copy("shoes"), 0);
        Assert.Same(first, texts.Of(Copy("shoes"), 0));
        Assert.Equal("shoes", first);
    }

    [Fact]
    public void There_are_never_many_more_than_the_sales_can_have()
    {
        var texts = new SharedTexts();
        for (var i = 0; i < 5 * SharedTexts.Least; i++)
        {
            var text = i.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(text, texts.Of(text, 3));
            Assert.InRange(texts.Count, 1, SharedTexts.Least + 3);
        }
    }

    [Fact]
    public void Sales_have_no_more_texts_than_their_bytes_say() =>
        Assert.Equal(2 * 48 / 48, SalesMemory.MostTextsOf(48));

    private static string Copy(string text) => new(text.AsSpan());
}
