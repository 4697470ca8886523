using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using Xunit;

namespace ClvOrleans.Domain.Tests.Customers;

/// <summary>Acting 2.9: the clock of a customer is that of a zone, never of an offset, and it is known where it comes from.</summary>
public sealed class CustomerZoneTests
{
    private static readonly StoreSettings Store = CustomerStateTests.Store with
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
    };

    [Theory]
    [InlineData("Asia/Kathmandu", "America/New_York", "Asia/Kathmandu", ZoneSource.Trait)]
    [InlineData(null, "America/New_York", "America/New_York", ZoneSource.Event)]
    [InlineData(null, null, "Europe/Berlin", ZoneSource.Store)]
    [InlineData("+05:45", "America/New_York", "America/New_York", ZoneSource.Event)]
    public void What_they_say_comes_before_what_their_device_says_and_that_before_the_stores_zone(
        string? said, string? seen, string zone, ZoneSource source)
    {
        var traits = new Dictionary<string, string?> { [TraitNames.Zone] = said, [TraitNames.EventZone] = seen }
            .Where(t => t.Value is not null).ToImmutableSortedDictionary(t => t.Key, t => t.Value!, StringComparer.Ordinal);
        var found = CustomerZone.Of(traits, Store);
        Assert.Equal((zone, source), (found.Zone.Id, found.Source));
    }

    [Theory]
    [InlineData("+05:45")]
    [InlineData("UTC+2")]
    [InlineData("GMT+0545")]
    [InlineData("Europe/Atlantis")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public void What_is_not_the_name_of_a_zone_is_none(string name) => Assert.Null(CustomerZone.Find(name));
}
