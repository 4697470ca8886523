using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Watches;

/// <summary>All that is watched in a store, compiled. Immutable, and safe to use from any thread.</summary>
public sealed class WatchList
{
    /// <summary>A store where nothing was ever defined.</summary>
    public static readonly WatchList None = new(default, []);

    /// <summary>Makes a list.</summary>
    /// <param name="version">The definitions that it holds.</param>
    /// <param name="watches">The watches, each subject once.</param>
    public WatchList(WatchVersion version, IEnumerable<Watch> watches) => (Version, Watches) = (version, [.. watches.OrderBy(w => w.Subject)]);

    /// <summary>The definitions that it holds.</summary>
    public WatchVersion Version { get; }

    /// <summary>The watches, by subject.</summary>
    public ImmutableArray<Watch> Watches { get; }
}
