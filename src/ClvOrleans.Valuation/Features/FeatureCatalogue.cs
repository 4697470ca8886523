using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// Every feature, in the order of the columns that models read. Money is in minor units. A new one comes last: what was trained before
/// reads the columns that it knows, at the places that it knows.
/// </summary>
public static class FeatureCatalogue
{
    /// <summary>All features.</summary>
    public static ImmutableArray<Feature> All { get; } =
    [
        .. TransactionFeatures.All, .. BehaviourFeatures.All, .. ProductFeatures.All, .. SocialFeatures.All, .. MarketDayFeatures.All,
        .. BuyTillYouDieFeatures.All, .. MessageFeatures.All, .. SocialFeatures.Later,
    ];

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>
    /// Computes all features of a customer: the same numbers in the live service and in training, since it is the same code.
    /// </summary>
    /// <param name="input">The customer as of a day.</param>
    /// <param name="row">Room for as many numbers as <see cref="All"/>; NaN where it is unknown.</param>
    public static void Write(FeatureInput input, Span<double> row)
    {
        for (var i = 0; i < All.Length; i++)
        {
            row[i] = All[i].Read(input);
        }
    }

    /// <summary>Whether these are the names of the catalogue's first columns: of all, or of all that an earlier version had.</summary>
    public static bool BeginsWith(ImmutableArray<string> names) =>
        !names.IsDefaultOrEmpty && names.Length <= All.Length && Names.AsSpan(0, names.Length).SequenceEqual(names.AsSpan());

    /// <summary>The column of a feature. <exception cref="ArgumentException">There is none of that name.</exception></summary>
    public static int IndexOf(string name)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"There is no feature '{name}'.", nameof(name));
    }
}
