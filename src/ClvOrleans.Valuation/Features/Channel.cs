namespace ClvOrleans.Valuation.Features;

/// <summary>One of the numbers of a week in a series.</summary>
/// <param name="Name">Its name; never reused for another meaning.</param>
/// <param name="Unit">Unit of the number.</param>
/// <param name="Meaning">What it is, in words for people.</param>
public sealed record Channel(string Name, string Unit, string Meaning);
