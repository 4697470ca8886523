namespace ClvOrleans.Training.Levels;

/// <summary>A cohort in a month.</summary>
/// <param name="Cohort">The month of the first purchases.</param>
/// <param name="Month">The month.</param>
/// <param name="Exposure">Customers times mean months of it that came after the first purchase and were seen.</param>
/// <param name="Spent">What they spent in it after the first purchase, in minor units.</param>
/// <param name="Purchases">On how many days.</param>
internal readonly record struct LevelCell(int Cohort, int Month, double Exposure, double Spent, int Purchases);
