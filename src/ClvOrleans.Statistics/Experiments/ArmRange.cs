namespace ClvOrleans.Statistics.Experiments;

/// <summary>Places on the line of an <see cref="Allocation"/> that belong to one arm.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="From">First place, at least 0.</param>
/// <param name="To">The place after the last, at most <see cref="Allocation.Places"/>.</param>
public readonly record struct ArmRange(string Arm, int From, int To)
{
    internal int Width => To - From;
}
