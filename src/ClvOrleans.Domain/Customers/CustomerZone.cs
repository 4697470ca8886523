using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>The time zone of a customer: what they say, else what their device says, else the store's.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Source">How it is known.</param>
public sealed partial record CustomerZone(TimeZoneInfo Zone, ZoneSource Source)
{
    /// <summary>The zone of a customer.</summary>
    /// <param name="traits">What is known of them.</param>
    /// <param name="store">The store.</param>
    public static CustomerZone Of(ImmutableSortedDictionary<string, string> traits, StoreSettings store) =>
        Find(traits.GetValueOrDefault(TraitNames.Zone)) is { } said ? new(said, ZoneSource.Trait)
        : Find(traits.GetValueOrDefault(TraitNames.EventZone)) is { } seen ? new(seen, ZoneSource.Event)
        : new(store.TimeZone, ZoneSource.Store);

    /// <summary>
    /// The IANA zone of a name such as <c>Asia/Kathmandu</c>; null where there is none of that name. An offset such as <c>+05:45</c> is
    /// no zone: it does not say when the clock is changed.
    /// </summary>
    public static TimeZoneInfo? Find(string? name) =>
        name is not null && Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]{1,30}(/[A-Za-z][A-Za-z0-9_+-]{0,30}){0,2}\z")]
    private static partial Regex Name();
}
