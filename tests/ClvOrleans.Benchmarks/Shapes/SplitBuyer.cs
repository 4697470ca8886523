namespace ClvOrleans.Benchmarks.Shapes;

/// <summary>A customer of a split.</summary>
/// <param name="Repeats">Repeat purchase days.</param>
/// <param name="Expected">Expected value, in minor units.</param>
/// <param name="None">Probability of no purchase.</param>
/// <param name="Came">What came, in minor units.</param>
/// <param name="Lifecycle">The lifecycle, as of the day.</param>
internal readonly record struct SplitBuyer(int Repeats, double Expected, double None, double Came, string Lifecycle);
