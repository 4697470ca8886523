namespace ClvOrleans.Grains.Sales;

/// <summary>
/// One copy of each text that sales have: products, categories, coupons. Those of sales that are gone are not found out one by one: where
/// there are many more texts than the sales that are left can have, all are forgotten, and the next sales begin anew.
/// </summary>
internal sealed class SharedTexts
{
    /// <summary>How many texts are never too many.</summary>
    public const int Least = 10_000;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>How many are kept.</summary>
    public int Count => _texts.Count;

    /// <summary>The copy of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inUse">How many texts the sales can have at most.</param>
    public string Of(string text, long inUse)
    {
        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_texts.Count >= Least + inUse)
        {
            Clear();
        }

        return _texts[text] = text;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _texts.Clear();
        _texts.TrimExcess();
    }
}
