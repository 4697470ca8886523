using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace ClvOrleans.Intake.Files;

/// <summary>The flat columns of a Parquet file; those of lists and structures are empty. One row group is held at a time.</summary>
internal static class ParquetTable
{
    private const long MostCells = 100_000_000;
    private const long RowsOfAnyFile = 1_000_000;
    private const long RowsOfAByte = 100;
    private const long MostBytes = 2L << 30;

    /// <summary>The table as text.</summary>
    /// <param name="file">The file; closed with the text.</param>
    /// <exception cref="HistoryFormatException">It is broken, or its row groups are too large.</exception>
    public static TextReader Open(FileStream file)
    {
        ParquetMetadata.Check(file);
        var reader = Guarded(() => ParquetReader.CreateAsync(file));
        return new TableText(Rows(reader, RowsOfAnyFile + (file.Length * RowsOfAByte)), file);
    }

    // A broken file may claim any number of rows.
    private static IEnumerable<IReadOnlyList<string>> Rows(ParquetReader reader, long most)
    {
        var all = Guarded(() => Task.FromResult(reader.Schema.Fields.ToList()));
        var fields = Guarded(() => Task.FromResult(
            all.OfType<DataField>().Where(f => f.MaxRepetitionLevel == 0).DistinctBy(f => f.Name).ToList()));
        if (fields.Count == 0)
        {
            throw new HistoryFormatException(
                "The Parquet file has no column of single values: its rows hold nothing that could be an order.");
        }

        yield return [.. all.Select(f => f.Name)];
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            var group = Guarded(() => Task.FromResult(reader.OpenRowGroupReader(i)));
            var (rows, bytes) = (group.RowCount, group.RowGroup.TotalByteSize);
            if (rows < 0 || rows > Math.Min(most, MostCells / fields.Count) || bytes > MostBytes)
            {
                throw new HistoryFormatException(
                    $"Row group {i + 1} has {rows:N0} rows and {bytes:N0} bytes: write the file with smaller row groups.");
            }

            if (group.RowGroup.Columns.Find(c => IsOther(c, fields, rows)) is { } other)
            {
                throw new HistoryFormatException(
                    $"The Parquet file is broken: row group {i + 1} has {rows:N0} rows, and {other.MetaData!.NumValues:N0} values of "
                    + $"{other.MetaData.PathInSchema[0]}.");
            }

            var columns = fields.ToDictionary(f => f.Name, f => Guarded(() => ParquetColumn.ReadAsync(group, f, (int)rows)));
            for (var row = 0; row < rows; row++)
            {
                var at = row;
                yield return [.. all.Select(f => columns.TryGetValue(f.Name, out var values) ? values(at) : "")];
            }
        }
    }

    // Of a flat column each row has a value, if only null.
    private static bool IsOther(ColumnChunk column, List<DataField> fields, long rows) =>
        column.MetaData is { PathInSchema: [var name] } data && data.NumValues != rows && fields.Exists(f => f.Name == name);

    // What a broken file makes the library throw may be anything.
    private static T Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            return Task.Run(read).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not HistoryFormatException)
        {
            throw new HistoryFormatException($"The Parquet file is broken, or has a type that cannot be read: {e.Message}", e);
        }
    }
}
