using Parquet;
using Parquet.Schema;

namespace ClvOrleans.Reports.Tables;

/// <summary>Writes a report as Parquet, in one row group.</summary>
public static class ParquetFormat
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(Stream stream, ReportTable table, CancellationToken cancellation = default)
    {
        DataField[] fields = [.. table.Columns.Select(FieldOf)];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation);
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < fields.Length; i++)
        {
            var (field, cells) = (fields[i], Column(table, i));
            await (table.Columns[i].Kind switch
            {
                ColumnKind.Text => group.WriteAsync(field, [.. cells.Cast<string>()]),
                ColumnKind.Day => WriteAsync<DateOnly>(group, field, cells, cancellation),
                ColumnKind.Count => WriteAsync<long>(group, field, cells, cancellation),
                ColumnKind.Amount => WriteAsync<decimal>(group, field, cells, cancellation),
                ColumnKind.Flag => WriteAsync<bool>(group, field, cells, cancellation),
                _ => WriteAsync<double>(group, field, cells, cancellation),
            });
        }

        group.CompleteValidate();
    }

    private static IEnumerable<object?> Column(ReportTable table, int i) => table.Rows.Select(r => r[i]);

    private static Task WriteAsync<T>(
        ParquetRowGroupWriter group, DataField field, IEnumerable<object?> cells, CancellationToken cancellation)
        where T : struct =>
        group.WriteAsync<T>(field, cells.Select(c => (T?)c).ToArray().AsMemory(), cancellationToken: cancellation);

    private static DataField FieldOf(ReportColumn column) => column.Kind switch
    {
        ColumnKind.Text => new DataField<string>(column.Name),
        ColumnKind.Day => new DataField<DateOnly?>(column.Name),
        ColumnKind.Count => new DataField<long?>(column.Name),
        ColumnKind.Amount => new DecimalDataField(column.Name, 38, 6, isNullable: true),
        ColumnKind.Flag => new DataField<bool?>(column.Name),
        _ => new DataField<double?>(column.Name),
    };
}
