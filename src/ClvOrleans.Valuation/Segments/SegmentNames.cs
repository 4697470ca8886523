namespace ClvOrleans.Valuation.Segments;

/// <summary>Names of segments, as reports and addresses write them.</summary>
public static class SegmentNames
{
    private static readonly string[] Lifecycles = ["prospect", "new", "active", "cooling", "at-risk", "lost"];
    private static readonly string[] Tiers = ["top-1", "top-5", "top-10", "top-25", "top-50", "rest"];

    /// <summary>The name of a lifecycle.</summary>
    public static string Format(Lifecycle lifecycle) => Lifecycles[(int)lifecycle];

    /// <summary>The name of a segment.</summary>
    public static string Format(Lifecycle lifecycle, ValueTier? tier) =>
        tier is { } t ? $"{Format(lifecycle)}.{Format(t)}" : Format(lifecycle);

    /// <summary>The name of a tier.</summary>
    public static string Format(ValueTier tier) => Tiers[(int)tier];

    /// <summary>Reads <c>at-risk</c> (all tiers) or <c>at-risk.top-5</c>.</summary>
    public static bool TryParse(string name, out Lifecycle lifecycle, out ValueTier? tier)
    {
        var parts = name.Split('.', 2);
        lifecycle = (Lifecycle)Array.IndexOf(Lifecycles, parts[0]);
        tier = parts.Length == 2 ? (ValueTier)Array.IndexOf(Tiers, parts[1]) : null;
        return lifecycle >= 0 && (tier is null || (tier >= 0 && lifecycle != Lifecycle.Prospect));
    }
}
