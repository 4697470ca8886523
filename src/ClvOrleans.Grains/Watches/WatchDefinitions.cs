using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Watches;

/// <summary>What one source has a store watch.</summary>
/// <param name="Revision">Number of the last change; it only grows.</param>
/// <param name="Compile">Makes the watches; asked where the revision is a new one.</param>
public sealed record WatchDefinitions(long Revision, Func<IEnumerable<Watch>> Compile);
