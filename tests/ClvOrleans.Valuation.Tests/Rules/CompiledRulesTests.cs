using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>Rules that are kept compiled: each once, and not all that there ever were.</summary>
public sealed class CompiledRulesTests
{
    private static readonly Currency Euro = Currency.Of("EUR");

    [Fact]
    public void A_rule_is_compiled_once_for_each_currency()
    {
        var (rules, yen) = (new CompiledRules(), Currency.Of("JPY"));
        var first = rules.Of(Euro, "orders > 1");
        Assert.Same(first, rules.Of(Euro, "orders > 1"));
        Assert.NotSame(first, rules.Of(yen, "orders > 1"));
        Assert.NotSame(first, rules.Of(Euro, "orders > 2"));
    }

    [Fact]
    public void Those_of_before_make_room()
    {
        var rules = new CompiledRules();
        for (var i = 0; i < CompiledRules.Most + 100; i++)
        {
            rules.Of(Euro, string.Create(CultureInfo.InvariantCulture, $"orders > {i}"));
            Assert.InRange(rules.Count, 1, CompiledRules.Most);
        }
    }
}
