using System.Numerics;
using ClvOrleans.Reports.Disclosure;

namespace ClvOrleans.Reports.Tests.Disclosure;

/// <summary>What is told of a table does not tell of a small cell, neither by itself nor by totals and other cells.</summary>
public sealed class CellSuppressionTests
{
    private const int Smallest = 5;

    // One small cell takes a rectangle with it (Willenborg and de Waal, 2001, chapter 4).
    [Fact]
    public void A_small_cell_hides_behind_a_rectangle() =>
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], Hidden([[3, 10, 20], [11, 30, 40], [50, 60, 70]]));

    [Fact]
    public void A_table_of_large_cells_is_told_as_it_is() => Assert.Empty(Hidden([[5, 10, 0], [11, 0, 40]]));

    [Fact]
    public void Cells_of_nobody_are_not_told_where_they_would_give_a_small_one_away() =>
        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], Hidden([[3, 10, 0], [4, 0, 20]]));

    [Fact]
    public void A_table_of_a_few_customers_tells_nothing() => Assert.Equal(4, Hidden([[1, 0], [0, 2]]).Length);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_small_cell_of_any_table_can_be_solved_from_what_is_told(int seed)
    {
        var random = new Random(seed);
        var (hiddenCells, all) = (0, 0);
        for (var round = 0; round < 300; round++)
        {
            var (rows, columns) = (random.Next(1, 7), random.Next(1, 8));
            long[][] counts =
            [
                .. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns)
                    .Select(_ => (long)(random.Next(3) == 0 ? random.Next(0, 8) : random.Next(0, 200))).ToArray()),
            ];
            var hidden = Hidden(counts).ToHashSet();
            (hiddenCells, all) = (hiddenCells + hidden.Count, all + (rows * columns));
            var total = counts.Sum(r => r.Sum());
            if (total < Smallest)
            {
                Assert.Equal(rows * columns, hidden.Count);
                continue;
            }

            var known = Known(counts, hidden).ToArray();
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    if (counts[r][c] is > 0 and < Smallest)
                    {
                        Assert.Contains((r, c), hidden);
                        var cell = Unit(rows, columns, (a, b) => (a, b) == (r, c));
                        Assert.False(CanBeSolved(known, cell), $"Seed {seed}, {round}: {r}, {c}.");
                    }
                }
            }
        }

        Assert.InRange(hiddenCells / (double)all, .05, .8);
    }

    // All that a reader has: the cells that are told, the total, and the totals of rows and columns that may be told by themselves.
    private static IEnumerable<BigInteger[]> Known(long[][] counts, HashSet<(int, int)> hidden)
    {
        var (rows, columns) = (counts.Length, counts[0].Length);
        yield return Unit(rows, columns, (_, _) => true);
        foreach (var small in Ways(rows, r => counts[r].Sum()))
        {
            yield return Unit(rows, columns, (r, _) => small.Contains(r));
        }

        foreach (var small in Ways(columns, c => counts.Sum(r => r[c])))
        {
            yield return Unit(rows, columns, (_, c) => small.Contains(c));
        }

        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (!hidden.Contains((r, c)))
                {
                    yield return Unit(rows, columns, (a, b) => (a, b) == (r, c));
                }
            }
        }
    }

    // Each by itself, but the small ones together.
    private static IEnumerable<int[]> Ways(int count, Func<int, long> total)
    {
        var small = SmallGroups.Of(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(i, total(i))), Smallest);
        return Enumerable.Range(0, count).Except(small).Select(i => new[] { i }).Append([.. small]);
    }

    private static BigInteger[] Unit(int rows, int columns, Func<int, int, bool> isIn) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => isIn(i / columns, i % columns) ? BigInteger.One : BigInteger.Zero)];

    // Whether a sum is a combination of known ones: Gauss' elimination with fractions, as whole numbers.
    private static bool CanBeSolved(BigInteger[][] known, BigInteger[] wanted)
    {
        BigInteger[][] rows = [.. known.Select(r => r.ToArray())];
        var left = wanted.ToArray();
        var used = 0;
        for (var column = 0; column < wanted.Length; column++)
        {
            if (Array.FindIndex(rows, used, r => r[column] != 0) is var pivot && pivot < 0)
            {
                continue;
            }

            (rows[used], rows[pivot]) = (rows[pivot], rows[used]);
            foreach (var row in rows.Skip(used + 1).Append(left).Where(r => r[column] != 0))
            {
                var (mine, its) = (row[column], rows[used][column]);
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = (row[i] * its) - (rows[used][i] * mine);
                }
            }

            used++;
        }

        return left.All(x => x == 0);
    }

    private static (int, int)[] Hidden(long[][] counts) =>
    [
        .. CellSuppression.Of(
            [.. counts.SelectMany((row, r) => row.Select((count, c) => KeyValuePair.Create((r, c), count)))], Smallest).Order(),
    ];
}
