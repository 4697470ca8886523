using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>Rules that cannot be used: the place, what is wrong, and what to write.</summary>
public sealed class RefusedRuleTests
{
    [Theory]
    [InlineData("", 1, "The rule is empty: write a condition, such as predictedValue > 200.")]
    [InlineData("orders >", 9, "A field, a value or '(' is expected here, not the end of the rule.")]
    [InlineData("orders > and", 10, "A field, a value or '(' is expected here, not 'and'.")]
    [InlineData("orders 4", 8, "The rule should end before '4': join conditions with 'and' or 'or'.")]
    [InlineData("(orders > 4", 12, "The parenthesis at column 1 is not closed before the end of the rule.")]
    [InlineData("orders > 4)", 11, "The rule should end before ')': join conditions with 'and' or 'or'.")]
    [InlineData("country = 'DE", 11, "The text that begins here has no end: close it with '.")]
    [InlineData("orders > 4x", 10, "'4x' is not a number, such as 12 or 12.5.")]
    [InlineData("orders > 40%", 10, "A share is a number from 0 to 1: write 0.4 for 40 %.")]
    [InlineData("orders > 4 ; true", 12, "';' is not part of the rule language.")]
    [InlineData("1 < orders < 4", 12, "Comparisons cannot be chained: write a < b and b < c.")]
    [InlineData("orders is 4", 11, "'is' is followed by 'known' or 'not known', not '4'.")]
    [InlineData("country not 'DE'", 13, "'not' between two operands is 'not in', not the text 'DE'.")]
    [InlineData("country in ['DE', 1]", 19, "A set holds texts in quotes, such as ['DE', 'AT'], not '1'.")]
    [InlineData("country in ['DE'", 17, "A set ends with ], not the end of the rule.")]
    [InlineData("trait('plan', 'x') = 'y'", 13, "A function takes one argument and ends with ), not ','.")]
    [InlineData("predictedvalue > 4", 1, "There is no field predictedvalue. Did you mean predictedValue?")]
    [InlineData("predictdValue > 4", 1, "There is no field predictdValue. Did you mean predictedValue?")]
    [InlineData("country = DE", 11, "There is no field DE. A text is written in quotes: 'DE'.")]
    [InlineData("trait = 'x'", 1, "There is no field trait. Write trait('...').")]
    [InlineData("trat('plan') = 'x'", 1, "There is no function trat. Did you mean trait?")]
    [InlineData("f('plan') = 'x'", 1, "There is no function f. There are trait, number.")]
    [InlineData("trait(country) = 'x'", 7, "trait(...) takes a text in quotes, such as trait('...').")]
    [InlineData("trait('age') = 'x'", 7, "There is no trait 'age'; there is plan.")]
    [InlineData("number(orders) > 1", 8, "number(...) reads a text, not a number.")]
    [InlineData("orders", 1, "A condition is expected here, such as orders = ..., not a number.")]
    [InlineData("orders and isMember", 1, "A condition is expected here, such as orders = ..., not a number.")]
    [InlineData("orders > 'many'", 8, "'>' cannot compare a number with a text.")]
    [InlineData("country > 'DE'", 9, "'>' does not compare a text; only = and != do.")]
    [InlineData("isMember < true", 10, "'<' does not compare a condition; only = and != do.")]
    [InlineData("categories = 'shoes'", 12, "'=' cannot compare a set with a text.")]
    [InlineData("categories = ['shoes']", 12, "'=' does not compare sets; ask for one text: 'shoes' in categories.")]
    [InlineData(
        "orders in [ 'a' ]", 8, "'in' asks whether a text is in a set, such as 'shoes' in categories; here are a number and a set.")]
    [InlineData(
        "spend > orders", 9, "orders is a number and the other side is money: only an amount can be compared with or added to money.")]
    [InlineData("spend * spend > 1", 7, "'*' cannot combine money with money.")]
    [InlineData("lastSeen * 2 > today", 10, "'*' cannot combine a day with a number.")]
    [InlineData("lastSeen > 4", 10, "'>' cannot compare a day with a number.")]
    [InlineData("-country = 'x'", 1, "'-' needs a number or money, not a text.")]
    [InlineData("orders / 0 > 1", 8, "This divides by zero.")]
    [InlineData("spend / (1 - 1) > 1", 7, "This divides by zero.")]
    [InlineData("spend > 1.005", 9, "USD has 2 decimals; write no more.")]
    [InlineData("spend > 1000000000000000000", 9, "The amount is too large.")]
    [InlineData("orders > 99999999999999999999999999999", 10, "The number has more than 28 digits.")]
    [InlineData("orders > 9999999999999999999999999999 * 9999999999999999999999999999", 39, "The result is too large.")]
    public void The_message_names_the_place_and_what_to_write(string rule, int column, string message)
    {
        var e = Assert.Throws<RuleException>(() => Shopper.Schema.Parse(rule));
        Assert.Equal((message, 1, column), (e.Message, e.Line, e.Column));
    }

    [Fact]
    public void A_caret_stands_under_the_place_of_a_long_rule_of_several_lines()
    {
        var e = Assert.Throws<RuleException>(() => Shopper.Schema.Parse("orders > 1\nand " + new string(' ', 100) + "oders > 2"));
        Assert.Equal((2, 105), (e.Line, e.Column));
        Assert.Equal(new string(' ', 60) + "oders > 2\n" + new string(' ', 60) + "^", e.Excerpt);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("-")]
    [InlineData("trait(")]
    [InlineData("1 + (")]
    public void Deep_nesting_is_refused(string opening)
    {
        var e = Assert.Throws<RuleException>(() => Shopper.Schema.Parse(string.Concat(Enumerable.Repeat(opening, 600))));
        Assert.Equal("The rule is nested deeper than 64 levels.", e.Message);
    }

    [Fact]
    public void The_bounds_are_exact()
    {
        Assert.NotNull(Shopper.Schema.Parse(Nested(RuleParser.MostDepth - 1)));
        Assert.Throws<RuleException>(() => Shopper.Schema.Parse(Nested(RuleParser.MostDepth)));
        Assert.NotNull(Shopper.Schema.Parse(Joined(RuleParser.MostNodes / 2)));
        Assert.Equal(
            "The rule has more than 256 operands and operators: split it into several segments.",
            Assert.Throws<RuleException>(() => Shopper.Schema.Parse(Joined((RuleParser.MostNodes / 2) + 1))).Message);
        Assert.NotNull(Shopper.Schema.Parse("true" + new string(' ', RuleParser.MostBytes - 4)));
        Assert.Throws<RuleException>(() => Shopper.Schema.Parse("true" + new string(' ', RuleParser.MostBytes - 3)));
        Assert.Throws<RuleException>(() => Shopper.Schema.Parse($"country = '{new string('ä', 2048)}'"));

        static string Nested(int levels) => new string('(', levels) + "true" + new string(')', levels);

        static string Joined(int conditions) => string.Join(" or ", Enumerable.Repeat("isMember", conditions));
    }
}
