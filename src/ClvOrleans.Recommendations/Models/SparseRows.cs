namespace ClvOrleans.Recommendations.Models;

/// <summary>A sparse matrix by rows; columns ascend within a row.</summary>
public sealed class SparseRows
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    private SparseRows(int[] starts, int[] columns, float[] values) => (_starts, _columns, _values) = (starts, columns, values);

    /// <summary>How many rows there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>How many entries all rows have.</summary>
    public int Entries => _columns.Length;

    /// <summary>Columns of a row.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Values of a row.</summary>
    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>A matrix of rows, each in any order of columns, each column once.</summary>
    public static SparseRows Of(IReadOnlyList<IEnumerable<(int Column, float Value)>> rows)
    {
        var starts = new int[rows.Count + 1];
        var (columns, values) = (new List<int>(), new List<float>());
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (column, value) in rows[row].OrderBy(e => e.Column))
            {
                columns.Add(column);
                values.Add(value);
            }

            starts[row + 1] = columns.Count;
        }

        return new(starts, [.. columns], [.. values]);
    }

    /// <summary>Rows and columns changed places.</summary>
    public SparseRows Transposed(int columns)
    {
        var starts = new int[columns + 1];
        foreach (var column in _columns)
        {
            starts[column + 1]++;
        }

        for (var i = 0; i < columns; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.ToArray();
        var (rows, values) = (new int[_columns.Length], new float[_columns.Length]);
        for (var row = 0; row < Count; row++)
        {
            for (var e = _starts[row]; e < _starts[row + 1]; e++)
            {
                var place = next[_columns[e]]++;
                (rows[place], values[place]) = (row, _values[e]);
            }
        }

        return new(starts, rows, values);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(Count);
        for (var row = 0; row < Count; row++)
        {
            var last = 0;
            writer.Write7BitEncodedInt(_starts[row + 1] - _starts[row]);
            for (var e = _starts[row]; e < _starts[row + 1]; e++)
            {
                writer.Write7BitEncodedInt(_columns[e] - last);
                writer.Write(_values[e]);
                last = _columns[e];
            }
        }
    }

    internal static SparseRows Read(BinaryReader reader, int columns)
    {
        var starts = new int[reader.Read7BitEncodedInt() + 1];
        var (all, values) = (new List<int>(), new List<float>());
        for (var row = 0; row < starts.Length - 1; row++)
        {
            var column = 0;
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                column += reader.Read7BitEncodedInt();
                all.Add(column < columns ? column : throw new InvalidDataException($"Column {column} of {columns}."));
                values.Add(reader.ReadSingle());
            }

            starts[row + 1] = all.Count;
        }

        return new(starts, [.. all], [.. values]);
    }
}
