namespace ClvOrleans.Statistics.Fitting;

/// <summary>
/// ln L of a family over columns. Pieces are shared out among threads as they come, but each keeps its own sums and these are added in
/// the order of the pieces: the result does not depend on the threads.
/// </summary>
internal sealed class ColumnLikelihood(ILogLikelihood kernel, SufficientStatistics columns, int threads)
{
    private readonly double[] _sums = new double[columns.Chunks.Length * (kernel.Dimension + 1)];

    /// <summary>ln L at parameters given group by group; its gradient by each of them is written to <paramref name="gradient"/>.</summary>
    public double Evaluate(double[] parameters, Span<double> gradient)
    {
        var width = kernel.Dimension + 1;
        Array.Clear(_sums);
        if (threads == 1 || columns.First.Length < 10_000)
        {
            for (var i = 0; i < columns.Chunks.Length; i++)
            {
                Add(i);
            }
        }
        else
        {
            Parallel.For(0, columns.Chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, Add);
        }

        gradient.Clear();
        var value = 0.0;
        for (var i = 0; i < columns.Chunks.Length; i++)
        {
            value += _sums[i * width];
            for (var j = 1; j < width; j++)
            {
                gradient[(columns.Chunks[i].Group * kernel.Dimension) + j - 1] += _sums[(i * width) + j];
            }
        }

        return value;

        void Add(int i)
        {
            var piece = columns.Chunks[i];
            kernel.Add(
                parameters.AsSpan(piece.Group * kernel.Dimension, kernel.Dimension),
                piece.Key,
                columns.First.AsSpan(piece.Start, piece.Length),
                columns.Second.AsSpan(piece.Start, piece.Length),
                columns.Weight.AsSpan(piece.Start, piece.Length),
                _sums.AsSpan(i * width, width));
        }
    }
}
