using ClvOrleans.Domain.Market;

namespace ClvOrleans.Domain.Tests.Market;

public sealed class MarketCalendarTests
{
    private static readonly MarketEntry Sale = new("sale", MarketKind.Promotion, new(2026, 3, 1), new(2026, 3, 10), .2);
    private static readonly MarketEntry Flash = new("flash", MarketKind.Promotion, new(2026, 3, 5), new(2026, 3, 5), .5);
    private static readonly MarketEntry Rival = new("rival", MarketKind.Competitor, new(2026, 3, 20), new(2026, 3, 31));

    private static readonly MarketCalendar Calendar = MarketCalendar.Empty.With(Sale).With(Flash).With(Rival);

    [Theory]
    [InlineData(2026, 2, 26, 0, 0, null, 3)]
    [InlineData(2026, 3, 1, .2, 0, null, 4)]
    [InlineData(2026, 3, 5, .5, 0, null, 15)]
    [InlineData(2026, 3, 10, .2, 0, 5, 10)]
    [InlineData(2026, 3, 12, 0, 0, 2, 8)]
    [InlineData(2026, 3, 31, 0, 1, 21, null)]
    [InlineData(2026, 4, 1, 0, 0, 1, null)]
    public void A_day_has_the_strongest_entry_of_each_kind_and_its_distance_to_those_before_and_after(
        int year, int month, int day, double promotion, double competitor, int? since, int? until) =>
        Assert.Equal(new MarketFeatures(promotion, 0, competitor, since, until), Calendar.At(new DateOnly(year, month, day)));

    [Fact]
    public void Equal_entries_have_one_version_in_whatever_order_they_came()
    {
        var other = MarketCalendar.Empty.With(Rival).With(Flash with { Strength = .1 }).With(Sale).With(Flash);
        Assert.Equal(Calendar.ToVersion(), other.ToVersion());
        Assert.NotEqual(Calendar.ToVersion(), other.Without("flash").ToVersion());
        Assert.NotEqual(Calendar.ToVersion(), other.With(Flash with { Strength = .1 }).ToVersion());
    }

    [Fact]
    public void Own_plans_are_known_ahead_and_of_competitors_only_what_they_have_done()
    {
        Assert.Equal(["flash", "sale"], Calendar.AsKnownOn(new(2026, 2, 1)).Entries.Keys);
        Assert.Equal(Rival with { To = new(2026, 3, 22) }, Calendar.AsKnownOn(new(2026, 3, 22)).Entries["rival"]);
        Assert.Equal(Calendar.Entries, Calendar.AsKnownOn(new(2026, 3, 31)).Entries);
    }
}
