using System.Collections.Immutable;
using ClvOrleans.Valuation.Clusters;

namespace ClvOrleans.Training.Segments;

/// <summary>Names clusters by what distinguishes them from the mean of all.</summary>
internal static class ClusterNames
{
    private const double Distinct = .5;
    private const int MostWords = 3;
    private const string Average = "average";

    private static readonly (string Low, string High)[] Words =
        [("short-lived", "long-standing"), ("recent", "lapsed"), ("infrequent", "frequent"), ("small orders", "large orders")];

    /// <summary>
    /// The names of some middles. A name says at most three things, the most distinct first; length is left out where frequency says the
    /// same. Where two would be called alike, the later one says more.
    /// </summary>
    /// <param name="middles">The middles, in deviations from the mean of all.</param>
    /// <param name="former">The former name of each; kept while each word of it still holds. Null for a new cluster.</param>
    public static ImmutableArray<string> Of(IReadOnlyList<double[]> middles, IReadOnlyList<string?> former)
    {
        var names = new string?[middles.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = former[i] is { } known && Holds(known, middles[i]) ? known : null;
        }

        for (var i = 0; i < names.Length; i++)
        {
            names[i] ??= Candidates(middles[i]).First(n => !names.Contains(n));
        }

        return [.. names!];
    }

    private static IEnumerable<string> Candidates(double[] middle)
    {
        var order = Enumerable.Range(0, middle.Length).OrderByDescending(f => Math.Abs(middle[f])).ThenBy(f => f).ToArray();
        var said = order.Where(f => Math.Abs(middle[f]) >= Distinct && !IsSaid(f, middle)).Take(MostWords).ToList();
        var first = said.Count == 0 ? Average : Join(said, middle);
        yield return first;
        foreach (var feature in order.Where(f => !said.Contains(f)).ToArray())
        {
            said.Add(feature);
            yield return Join(said, middle);
        }

        for (var number = 2; ; number++)
        {
            yield return FormattableString.Invariant($"{first} {number}");
        }
    }

    // Who buys often has mostly done so for long.
    private static bool IsSaid(int feature, double[] middle) => feature == (int)ClusterFeature.Length
        && Math.Abs(middle[(int)ClusterFeature.Frequency]) >= Distinct
        && Math.Sign(middle[feature]) == Math.Sign(middle[(int)ClusterFeature.Frequency]);

    private static string Join(IEnumerable<int> features, double[] middle) => string.Join(", ", features.Select(f => WordOf(f, middle)));

    private static string WordOf(int feature, double[] middle) => middle[feature] < 0 ? Words[feature].Low : Words[feature].High;

    private static bool Holds(string name, double[] middle)
    {
        for (var feature = 0; feature < middle.Length; feature++)
        {
            var opposite = middle[feature] < 0 ? Words[feature].High : Words[feature].Low;
            if (name.Split(", ").Any(word => word == opposite))
            {
                return false;
            }
        }

        return true;
    }
}
