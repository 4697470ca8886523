namespace ClvOrleans.Reports.Demand;

/// <summary>Units a week of a product, told from its past weeks, the oldest first; there is one at least.</summary>
internal delegate double LevelOf(ReadOnlySpan<double> units);
