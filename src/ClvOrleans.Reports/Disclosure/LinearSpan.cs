namespace ClvOrleans.Reports.Disclosure;

/// <summary>
/// All that can be computed from sums of cells by adding and subtracting. In whole numbers modulo a prime: what can be computed is always
/// found, and what cannot is taken for it with a chance of less than 10^-15.
/// </summary>
internal sealed class LinearSpan(int cells)
{
    private const long Prime = (1L << 61) - 1;

    // Rows in echelon form by their leading cell.
    private readonly SortedDictionary<int, long[]> _rows = [];

    /// <summary>Adds the sum of some cells.</summary>
    public void Add(IReadOnlyCollection<int> sum)
    {
        if (Reduced(sum) is var row && Array.FindIndex(row, x => x != 0) is var lead && lead >= 0)
        {
            var inverse = Power(row[lead], Prime - 2);
            _rows[lead] = [.. row.Select(x => Product(x, inverse))];
        }
    }

    /// <summary>Whether the sum of some cells can be computed.</summary>
    public bool Has(IReadOnlyCollection<int> sum) => Array.TrueForAll(Reduced(sum), x => x == 0);

    private long[] Reduced(IReadOnlyCollection<int> sum)
    {
        var row = new long[cells];
        foreach (var cell in sum)
        {
            row[cell] = 1;
        }

        foreach (var (lead, known) in _rows)
        {
            if (row[lead] is not 0 and var times)
            {
                for (var i = lead; i < cells; i++)
                {
                    row[i] = (row[i] - Product(times, known[i])) is var left && left < 0 ? left + Prime : left;
                }
            }
        }

        return row;
    }

    private static long Product(long a, long b) => (long)((UInt128)(ulong)a * (ulong)b % Prime);

    private static long Power(long a, long exponent)
    {
        var result = 1L;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? Product(result, a) : result;
            a = Product(a, a);
        }

        return result;
    }
}
