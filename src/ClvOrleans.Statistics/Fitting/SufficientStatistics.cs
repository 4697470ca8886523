namespace ClvOrleans.Statistics.Fitting;

/// <summary>
/// Sufficient statistics of many customers, column by column: rows of one key lie together, sorted, equal rows counted once. The order
/// in which customers are given does not matter, to the bit.
/// </summary>
internal sealed class SufficientStatistics
{
    // A piece is what one thread takes: small enough to spread evenly and stay in the cache.
    private const int PieceRows = 4096;

    private SufficientStatistics(double[] first, double[] second, double[] weight, Chunk[] pieces)
    {
        (First, Second, Weight, Chunks) = (first, second, weight, pieces);
        Total = weight.Sum();
    }

    /// <summary>First column: t_x, or the total spend.</summary>
    public double[] First { get; }

    /// <summary>Second column: T.</summary>
    public double[] Second { get; }

    /// <summary>Number of customers of a row.</summary>
    public double[] Weight { get; }

    /// <summary>Stretches of rows with one key and one group.</summary>
    public Chunk[] Chunks { get; }

    /// <summary>Number of customers.</summary>
    public double Total { get; }

    /// <summary>
    /// Sorts and merges. A group is an index of equal covariates; null where there are none. The arrays given are overwritten.
    /// </summary>
    public static SufficientStatistics Of(double[] keys, double[] first, double[] second, double[]? weights, int[]? groups)
    {
        var (starts, order) = Buckets(keys, groups);
        var (f, s, w) = (new double[keys.Length], new double[keys.Length], new double[keys.Length]);
        var lengths = new int[starts.Length - 1];
        Parallel.For(0, lengths.Length, i =>
        {
            var (from, count) = (starts[i], starts[i + 1] - starts[i]);
            for (var row = from; row < from + count; row++)
            {
                (f[row], s[row], w[row]) = (first[order[row]], second[order[row]], weights?[order[row]] ?? 1);
            }

            Sort(f.AsSpan(from, count), s.AsSpan(from, count), w.AsSpan(from, count), weights is not null);
            lengths[i] = Merge(f.AsSpan(from, count), s.AsSpan(from, count), w.AsSpan(from, count));
        });

        var pieces = new List<Chunk>();
        var end = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            var (from, length) = (starts[i], lengths[i]);
            Array.Copy(f, from, f, end, length);
            Array.Copy(s, from, s, end, length);
            Array.Copy(w, from, w, end, length);
            var at = order[from];
            for (var done = 0; done < length; done += PieceRows)
            {
                pieces.Add(new Chunk(keys[at], groups?[at] ?? 0, end + done, Math.Min(PieceRows, length - done)));
            }

            end += length;
        }

        Array.Resize(ref f, end);
        Array.Resize(ref s, end);
        Array.Resize(ref w, end);
        return new SufficientStatistics(f, s, w, [.. pieces]);
    }

    /// <summary>Every so many rows with their weights raised: as the rows are sorted, a sample stratified by key and time.</summary>
    public SufficientStatistics Sample(int rows)
    {
        if (First.Length <= rows * 2)
        {
            return this;
        }

        var stride = First.Length / rows;
        var (first, second, weight, pieces) = (new List<double>(), new List<double>(), new List<double>(), new List<Chunk>());
        var next = stride / 2;
        foreach (var piece in Chunks)
        {
            var start = first.Count;
            for (; next < piece.Start + piece.Length; next += stride)
            {
                first.Add(First[next]);
                second.Add(Second[next]);
                weight.Add(Weight[next] * stride);
            }

            if (first.Count > start)
            {
                pieces.Add(piece with { Start = start, Length = first.Count - start });
            }
        }

        return new SufficientStatistics([.. first], [.. second], [.. weight], [.. pieces]);
    }

    /// <summary>
    /// As many customers drawn from these with replacement: the same rows, some of weight 0. Weights are taken as whole numbers.
    /// </summary>
    public SufficientStatistics Resample(Random random)
    {
        var ends = new double[Weight.Length];
        var sum = 0.0;
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = sum += Weight[i];
        }

        var drawn = new double[Weight.Length];
        for (var customer = 0; customer < Math.Round(Total); customer++)
        {
            var row = Array.BinarySearch(ends, random.NextDouble() * sum);
            drawn[Math.Min(row < 0 ? ~row : row + 1, drawn.Length - 1)]++;
        }

        return new SufficientStatistics(First, Second, drawn, Chunks);
    }

    // Rows by (group, key): a counting sort, as keys are mostly small whole numbers.
    private static (int[] Starts, int[] Order) Buckets(double[] keys, int[]? groups)
    {
        var numbers = new Dictionary<(int Group, double Key), int>();
        var direct = new int[groups is null ? 256 : 0];
        var bucket = new int[keys.Length];
        var sizes = new List<int>();
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            var small = key >= 0 && key < direct.Length && key == (int)key;
            var number = small ? direct[(int)key] - 1 : -1;
            if (number < 0 && !numbers.TryGetValue((groups?[i] ?? 0, key), out number))
            {
                number = sizes.Count;
                numbers.Add((groups?[i] ?? 0, key), number);
                sizes.Add(0);
                if (small)
                {
                    direct[(int)key] = number + 1;
                }
            }

            bucket[i] = number;
            sizes[number]++;
        }

        var position = new int[sizes.Count];
        var starts = new int[sizes.Count + 1];
        var rank = 0;
        foreach (var (_, found) in numbers.OrderBy(n => n.Key))
        {
            position[found] = starts[rank];
            starts[rank + 1] = starts[rank] + sizes[found];
            rank++;
        }

        var order = new int[keys.Length];
        for (var i = 0; i < bucket.Length; i++)
        {
            order[position[bucket[i]]++] = i;
        }

        return (starts, order);
    }

    private static void Sort(Span<double> first, Span<double> second, Span<double> weight, bool weighted)
    {
        if (weighted)
        {
            SortWeighted(first, second, weight);
            return;
        }

        if (first.ContainsAnyExcept(first[0]))
        {
            first.Sort(second);
        }

        for (var from = 0; from < first.Length;)
        {
            var to = from + 1;
            while (to < first.Length && first[to] == first[from])
            {
                to++;
            }

            second[from..to].Sort();
            from = to;
        }
    }

    private static void SortWeighted(Span<double> first, Span<double> second, Span<double> weight)
    {
        var rows = new (double First, double Second, double Weight)[first.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (first[i], second[i], weight[i]);
        }

        Array.Sort(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            (first[i], second[i], weight[i]) = rows[i];
        }
    }

    private static int Merge(Span<double> first, Span<double> second, Span<double> weight)
    {
        var last = 0;
        for (var i = 1; i < first.Length; i++)
        {
            if (first[i] == first[last] && second[i] == second[last])
            {
                weight[last] += weight[i];
            }
            else
            {
                last++;
                (first[last], second[last], weight[last]) = (first[i], second[i], weight[i]);
            }
        }

        return last + 1;
    }
}
