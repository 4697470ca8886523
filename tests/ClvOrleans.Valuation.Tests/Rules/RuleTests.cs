using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>What rules say of a customer.</summary>
public sealed class RuleTests
{
    private static readonly Shopper Anna = new()
    {
        Orders = 4,
        Visits = 0,
        Spend = 25_000,
        PredictedValue = 20_001,
        Country = "DE",
        Plan = "12.5",
        IsMember = true,
        LastSeen = new DateOnly(2026, 1, 31),
        Today = new DateOnly(2026, 3, 2),
        Categories = new HashSet<string> { "shoes", "it's" },
    };

    [Theory]
    [InlineData("orders = 4")]
    [InlineData("orders != 5 and orders >= 4 and orders <= 4 and not orders < 4 and not orders > 4")]
    [InlineData("predictedValue > 200")]
    [InlineData("predictedValue = 200.01")]
    [InlineData("200.01 = predictedValue")]
    [InlineData("spend / orders = 62.50")]
    [InlineData("spend / predictedValue > 1.2")]
    [InlineData("spend - predictedValue = 49.99")]
    [InlineData("spend + 0.01 > 250")]
    [InlineData("2 * spend = 500 and spend * 2 = 500")]
    [InlineData("-spend < 0")]
    [InlineData("spend > 100 * 2 + 49")]
    [InlineData("country = 'DE'")]
    [InlineData("country in ['AT', 'DE']")]
    [InlineData("country not in []")]
    [InlineData("'shoes' in categories")]
    [InlineData("\"it's\" in categories and 'it''s' in categories")]
    [InlineData("'hats' not in categories")]
    [InlineData("isMember")]
    [InlineData("isMember = true and isMember != false")]
    [InlineData("lastSeen = 2026-01-31")]
    [InlineData("today - lastSeen = 30")]
    [InlineData("lastSeen + 30 = today")]
    [InlineData("today - 30 <= lastSeen")]
    [InlineData("trait('plan') = '12.5'")]
    [InlineData("number(trait('plan')) > 12")]
    [InlineData("orders is known and not (orders is not known)")]
    [InlineData("true or false and false")]
    [InlineData("not false and true")]
    [InlineData("1 + 2 * 3 = 7 and (1 + 2) * 3 = 9 and 8 / 4 / 2 = 1 and 8 - 4 - 2 = 2")]
    [InlineData("TRUE AND Not FALSE")]
    [InlineData("orders == 4 && orders <> 5 || false")]
    public void A_rule_holds(string rule) => Assert.Equal(Truth.True, Shopper.Schema.Parse(rule).Evaluate(Anna));

    [Theory]
    [InlineData("orders > 4")]
    [InlineData("country = 'de'")]
    [InlineData("'Shoes' in categories")]
    [InlineData("predictedValue > 200.01")]
    [InlineData("country not in ['DE']")]
    [InlineData("orders is not known")]
    public void A_rule_does_not_hold(string rule) => Assert.Equal(Truth.False, Shopper.Schema.Parse(rule).Evaluate(Anna));

    [Theory]
    [InlineData("orders > 4")]
    [InlineData("orders != 4")]
    [InlineData("not orders > 4")]
    [InlineData("orders > 4 and true")]
    [InlineData("orders > 4 or false")]
    [InlineData("spend > 1")]
    [InlineData("country = 'DE'")]
    [InlineData("country in ['DE']")]
    [InlineData("country not in ['DE']")]
    [InlineData("'shoes' in categories")]
    [InlineData("isMember")]
    [InlineData("isMember != true")]
    [InlineData("today - lastSeen > 1")]
    [InlineData("number(trait('plan')) > 1")]
    public void What_is_not_known_cannot_be_told(string rule)
    {
        var compiled = Shopper.Schema.Parse(rule);
        Assert.Equal(Truth.Unknown, compiled.Evaluate(new Shopper()));
        Assert.False(compiled.Holds(new Shopper()));
    }

    [Theory]
    [InlineData("orders > 4 and false", Truth.False)]
    [InlineData("false and orders > 4", Truth.False)]
    [InlineData("orders > 4 or true", Truth.True)]
    [InlineData("true or orders > 4", Truth.True)]
    [InlineData("orders is known", Truth.False)]
    [InlineData("country is not known", Truth.True)]
    [InlineData("categories is not known and isMember is not known", Truth.True)]
    public void What_is_not_known_may_not_matter(string rule, Truth expected) =>
        Assert.Equal(expected, Shopper.Schema.Parse(rule).Evaluate(new Shopper()));

    [Theory]
    [InlineData("spend / visits > 1")]
    [InlineData("orders / visits > 1")]
    [InlineData("visits / visits = 1")]
    public void What_is_divided_by_a_zero_of_the_customer_is_not_known(string rule) =>
        Assert.Equal(Truth.Unknown, Shopper.Schema.Parse(rule).Evaluate(Anna));

    [Fact]
    public void A_text_that_is_no_number_gives_none() =>
        Assert.Equal(Truth.Unknown, Shopper.Schema.Parse("number(trait('plan')) > 1").Evaluate(Anna with { Plan = "gold" }));

    [Fact]
    public void A_rule_tells_what_it_asks_for()
    {
        var rule = Shopper.Schema.Parse("today - lastSeen > 30 and orders > 1 and orders < 9");
        Assert.Equal(["lastSeen", "orders", "today"], rule.Fields.Select(f => f.Name));
        Assert.True(rule.MovesWithTime);
        Assert.False(Shopper.Schema.Parse("orders > 1").MovesWithTime);
    }

    [Theory]
    [InlineData("((orders > 1)) and (country = \"DE\" or (isMember))", "orders > 1 and (country = 'DE' or isMember)")]
    [InlineData("NOT(orders>1.50)", "not orders > 1.50")]
    [InlineData("country in [ 'a' , 'b''c' ]", "country in ['a', 'b''c']")]
    public void A_rule_is_written_in_one_way(string rule, string expected) =>
        Assert.Equal(expected, Shopper.Schema.Parse(rule).ToString());
}
