namespace ClvOrleans.Valuation.Rules;

/// <summary>How many letters must be put in, left out or replaced to make one word of another (Levenshtein 1966).</summary>
public static class EditDistance
{
    /// <summary>The distance of two words.</summary>
    public static int Of(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
