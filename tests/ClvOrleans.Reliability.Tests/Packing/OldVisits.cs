namespace ClvOrleans.Reliability.Tests.Packing;

/// <summary>What customers did long ago, and what comes to be known of it late.</summary>
internal static class OldVisits
{
    private const int Visits = 6;
    private static readonly int Count = Sizes.Of(280, 1_400);

    /// <summary>A store packs a seventh of its shards a day: these are of today, and those of tomorrow for a drill at midnight.</summary>
    public static IReadOnlyList<string> Customers { get; } =
        [.. Enumerable.Range(0, 100_000).Select(c => $"c{c}").Where(c => PackedJournal.DaysUntilPacked(c) < 2).Take(Count)];

    /// <summary>Customers who had a visit before they were known, as vID.</summary>
    public static IReadOnlyList<string> Visitors { get; } = [.. Customers.Where((_, i) => i % 7 == 0)];

    /// <summary>What happened.</summary>
    public static IEnumerable<object> Sent =>
        Customers.SelectMany(Of).Concat(Visitors.Select(c => Track.SearchOfVisitor($"v{c}", $"w{c}", "boots")));

    /// <summary>Some of it joins what was packed; some is the first of its customer.</summary>
    public static object[] Late =>
    [
        .. Customers.SelectMany(c => new[] { Search(c, $"late-{c}"), Track.Order(c, $"late-{c}", 7, "2025-09-01T00:00:00Z") }),
        .. Visitors.Select(c => Track.Identify(c, $"v{c}", $"i{c}", "2025-10-04T00:00:00Z")),
        .. Enumerable.Range(0, 20).Select(c => Search($"new{c}", $"new-{c}")),
    ];

    private static IEnumerable<object> Of(string c) =>
    [
        .. Enumerable.Range(0, Visits).SelectMany(i => new[] { Track.View(c, $"v{c}-{i}"), Search(c, $"s{c}-{i}") }),
        Track.Order(c, $"o{c}", 10 + (c.Length % 7)), Track.Refund(c, $"o{c}", 1),
    ];

    private static object Search(string user, string message) => Track.Search(user, message, "shoes of " + user);
}
