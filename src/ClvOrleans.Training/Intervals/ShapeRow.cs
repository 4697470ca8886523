namespace ClvOrleans.Training.Intervals;

/// <summary>What was predicted of a customer of a past window, and what came.</summary>
/// <param name="Window">The window's number.</param>
/// <param name="Repeats">Repeat purchase days before it.</param>
/// <param name="Expected">Expected value, at least 0.</param>
/// <param name="None">Probability of no purchase, 0 to 1.</param>
/// <param name="Came">The value that came; nothing if it is not positive.</param>
internal readonly record struct ShapeRow(int Window, int Repeats, double Expected, double None, double Came);
