using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>What is refused at definition, with the place and a way out; and what rules may ask of segments, lists and consents.</summary>
public sealed class SegmentRulesTests
{
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly SegmentDefinitions All = new(3,
    [
        Definition("big", "orders > 10"), Definition("vip", "'big' in segments and pAlive > 0.5"), Definition("lost", "pAlive < 0.1"),
    ]);

    [Theory]
    [InlineData("mine", "'vp' in segments", "There is no own segment vp. There are big, lost, vip.", 1)]
    [InlineData(
        "big", "orders > 3 and 'vip' in segments", "Segments cannot ask for each other in a circle: big asks for vip, which asks for big.",
        16)]
    [InlineData("mine", "'mine' not in segments", "Segments cannot ask for each other in a circle: mine asks for mine.", 1)]
    [InlineData("mine", "lifecycle in segments", "Ask for one segment by its name: 'vip' in segments.", 1)]
    [InlineData("mine", "segments is known", "Ask for one segment by name: 'vip' in segments.", 1)]
    [InlineData("mine", "predictdValue > 3", "There is no field predictdValue. Did you mean predictedValue?", 1)]
    [InlineData("mine", "orders / 0 > 1", "This divides by zero.", 8)]
    [InlineData("mine", "ordersWithin('a month') > 1", "'a month' is not a number of days: write '30d', from '1d' to '3650d'.", 14)]
    [InlineData("mine", "trait('shoeSize') = '9'",
        "There is no trait 'shoeSize'. There are email, name, firstName, lastName, phone, company, plan, gender, birthday, createdAt, "
            + "country, city, language, timezone, contextTimezone.", 7)]
    [InlineData("mine", "bucket('') < 10", "A bucket needs a name, such as bucket('a'): customers are dealt anew for each name.", 8)]
    public void A_rule_that_cannot_be_used_is_refused_with_its_column(string segment, string rule, string message, int column)
    {
        var e = Assert.Throws<RuleException>(() => SegmentRules.Check(Usd, All, Definition(segment, rule)));
        Assert.Equal((message, column), (e.Message, e.Column));
    }

    [Fact]
    public void A_segment_that_others_ask_for_cannot_be_removed()
    {
        var e = Assert.Throws<FormatException>(() => SegmentRules.Check(Usd, All, Definition("big", "") with { IsRemoved = true }));
        Assert.Equal("Segment big cannot be removed: vip ask for it. Change or remove them first.", e.Message);
        SegmentRules.Check(Usd, All, Definition("vip", "") with { IsRemoved = true });
    }

    [Fact]
    public void A_store_has_at_most_200_segments()
    {
        var full = new SegmentDefinitions(200, [.. Enumerable.Range(0, 200).Select(i => Definition($"s{i}", "true"))]);
        var e = Assert.Throws<FormatException>(() => SegmentRules.Check(Usd, full, Definition("one-more", "true")));
        Assert.Equal("A store has at most 200 own segments. Remove one that is not needed.", e.Message);
        Assert.Equal("false", SegmentRules.Check(Usd, full, Definition("s7", "false")));
        Assert.Throws<FormatException>(
            () => SegmentRules.Check(Usd, All, Definition("mine", "true") with { Description = new string('x', 1_001) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Vip")]
    [InlineData("1st")]
    [InlineData("my segment")]
    [InlineData("a/b")]
    public void A_name_that_cannot_stand_in_an_address_is_refused(string name) => Assert.Throws<FormatException>(() => new SegmentId(name));

    [Fact]
    public void Rules_see_the_segments_of_the_same_look_in_whatever_order_they_are_named()
    {
        var list = new WatchList(new WatchVersion(3, 0), SegmentRules.WatchesOf(Usd, new SegmentDefinitions(3,
        [
            Definition("a", "'b' in segments and 'd' not in segments"), Definition("b", "'c' in segments"), Definition("c", "orders > 1"),
            Definition("d", "orders > 2"),
        ])));
        Assert.Equal("a b c", HoldsFor(list, 2));
        Assert.Equal("b c d", HoldsFor(list, 3));
        Assert.Equal("", HoldsFor(list, 1));
    }

    [Theory]
    [InlineData("'email' in consents", true)]
    [InlineData("'sms' in consents", false)]
    [InlineData("'push' in consents", false)]
    [InlineData("'early-birds' in lists", true)]
    [InlineData("'others' in lists", false)]
    [InlineData("trait('country') = 'DE' and trait('plan') is not known", true)]
    [InlineData("trait('country') in ['AT', 'CH']", false)]
    [InlineData("bucket('a') >= 0 and bucket('a') < 100 and bucket('a') = bucket('a')", true)]
    [InlineData("bucket('a') = bucket('b')", false)]
    public void Rules_ask_for_consents_lists_traits_and_buckets(string rule, bool expected)
    {
        var summary = new CustomerSummary
        {
            Consents = Consents.None.Add("email", new Consent(true, default)).Add("sms", new Consent(false, default)),
            Lists = ["early-birds"],
            Traits = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("country", "DE"),
        };
        Assert.Equal(expected, CustomerRules.For(Usd).Parse(rule).Holds(Facts(summary, 1)));
    }

    [Fact]
    public void Buckets_deal_customers_evenly_and_independently_of_each_other()
    {
        var customers = Enumerable.Range(0, 20_000).Select(i => CustomerId.OfUser(new StoreId("shop"), $"c{i}")).ToArray();
        var cells = customers.GroupBy(c => ((int)(RandomBucket.Of("a", c) / 10), (int)(RandomBucket.Of("b", c) / 10)))
            .Select(g => g.Count()).ToArray();

        // χ² of 100 cells: mean 99, standard deviation √198; the bound is four of them above.
        Assert.Equal(100, cells.Length);
        Assert.InRange(cells.Sum(n => Math.Pow(n - 200, 2) / 200), 99 - (4 * Math.Sqrt(198)), 99 + (4 * Math.Sqrt(198)));
    }

    private static string HoldsFor(WatchList list, int orders)
    {
        var holds = list.Evaluate(Facts(new CustomerSummary(), orders));
        return string.Join(' ', list.Watches.Where((_, i) => holds[i]).Select(w => w.Subject.Id));
    }

    private static CustomerFacts Facts(CustomerSummary summary, int orders) => new(
        CustomerId.OfUser(new StoreId("shop"), "anna"), summary,
        new Contribution(1, new DateOnly(2026, 1, 1), 1, new SegmentCell(Lifecycle.Active, 1), new SegmentSums { Orders = orders }),
        new DateOnly(2026, 1, 1), Futures.Store);

    private static SegmentDefinition Definition(string id, string rule) => new() { Id = new SegmentId(id), Rule = rule };
}
