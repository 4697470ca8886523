using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>
/// What of a catalogue can be sold now, and at a special price. Made when stock or promotions change, not for each answer.
/// </summary>
public sealed class Shelf
{
    private readonly bool[] _isOut;
    private readonly bool[] _isPromoted;

    private Shelf(bool[] isOut, bool[] isPromoted) => (_isOut, _isPromoted) = (isOut, isPromoted);

    /// <summary>A shelf; ids that the catalogue does not have are passed over.</summary>
    /// <param name="catalogue">The products.</param>
    /// <param name="outOfStock">Products of which no unit is left, or fewer than none.</param>
    /// <param name="promoted">Products at a special price.</param>
    public static Shelf Of(Catalogue catalogue, IEnumerable<string>? outOfStock = null, IEnumerable<string>? promoted = null) =>
        new(Marked(catalogue, outOfStock ?? []), Marked(catalogue, promoted ?? []));

    /// <summary>Whether none is left.</summary>
    public bool IsOut(int product) => _isOut[product];

    /// <summary>Whether it is at a special price.</summary>
    public bool IsPromoted(int product) => _isPromoted[product];

    private static bool[] Marked(Catalogue catalogue, IEnumerable<string> ids)
    {
        var marked = new bool[catalogue.Count];
        foreach (var product in ids.Select(catalogue.NumberOf).Where(p => p >= 0))
        {
            marked[product] = true;
        }

        return marked;
    }
}
