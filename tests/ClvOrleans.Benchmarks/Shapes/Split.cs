using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Benchmarks.Shapes;

/// <summary>What an ensemble said as of a day, and what came.</summary>
/// <param name="Name">Which data and days.</param>
/// <param name="Buyers">The customers.</param>
/// <param name="Error">How far the level may be off.</param>
internal sealed record Split(string Name, SplitBuyer[] Buyers, LevelError Error);
