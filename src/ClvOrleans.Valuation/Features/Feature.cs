using System.Globalization;

namespace ClvOrleans.Valuation.Features;

/// <summary>One number that models read of a customer.</summary>
/// <param name="Name">Its name in the API, in explanations and in stored models; never reused for another meaning.</param>
/// <param name="Unit">Unit of the number, e.g. <c>days</c>; empty for counts, shares and scores.</param>
/// <param name="Group">Where it comes from.</param>
/// <param name="Shape">How it is spread.</param>
/// <param name="Meaning">What it is, in words for people.</param>
public sealed record Feature(string Name, string Unit, FeatureGroup Group, FeatureShape Shape, string Meaning)
{
    /// <summary>The meaning, with the days of the horizon that the number was computed for.</summary>
    public string MeaningWithin(int days) =>
        Meaning.Replace("the horizon", string.Create(CultureInfo.InvariantCulture, $"{days:#,##0} days"), StringComparison.Ordinal);

    internal Func<FeatureInput, double> Read { get; init; } = _ => double.NaN;
}
