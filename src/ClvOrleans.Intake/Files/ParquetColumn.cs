using Parquet;
using Parquet.Schema;

namespace ClvOrleans.Intake.Files;

/// <summary>A column of a row group, as text by row.</summary>
internal static class ParquetColumn
{
    public static Task<Func<int, string>> ReadAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        var type = field.ClrType;
        return type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextAsync(group, field, rows)
            : type == typeof(bool) ? ValuesAsync<bool>(group, field, rows)
            : type == typeof(sbyte) ? ValuesAsync<sbyte>(group, field, rows)
            : type == typeof(byte) ? ValuesAsync<byte>(group, field, rows)
            : type == typeof(short) ? ValuesAsync<short>(group, field, rows)
            : type == typeof(ushort) ? ValuesAsync<ushort>(group, field, rows)
            : type == typeof(int) ? ValuesAsync<int>(group, field, rows)
            : type == typeof(uint) ? ValuesAsync<uint>(group, field, rows)
            : type == typeof(long) ? ValuesAsync<long>(group, field, rows)
            : type == typeof(ulong) ? ValuesAsync<ulong>(group, field, rows)
            : type == typeof(float) ? ValuesAsync<float>(group, field, rows)
            : type == typeof(double) ? ValuesAsync<double>(group, field, rows)
            : type == typeof(decimal) ? ValuesAsync<decimal>(group, field, rows)
            : type == typeof(DateOnly) ? ValuesAsync<DateOnly>(group, field, rows)
            : type == typeof(Guid) ? ValuesAsync<Guid>(group, field, rows)
            : type == typeof(DateTime) ? TimesAsync(group, field, rows)
            : Task.FromResult<Func<int, string>>(_ => "");
    }

    private static async Task<Func<int, string>> TextAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        var values = new string?[rows];
        await group.ReadAsync(field, values.AsMemory(), null, CancellationToken.None);
        return row => values[row] ?? "";
    }

    private static async Task<Func<int, string>> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[rows];
            await group.ReadAsync(field, values.AsMemory(), null, CancellationToken.None);
            return row => CellText.Of(values[row]);
        }

        var all = new T[rows];
        await group.ReadAsync(field, all.AsMemory(), null, CancellationToken.None);
        return row => CellText.Of(all[row]);
    }

    // What is not adjusted to UTC is the time of the shop's own clock; a date is a day.
    private static async Task<Func<int, string>> TimesAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        var values = new DateTime?[rows];
        if (field.IsNullable)
        {
            await group.ReadAsync(field, values.AsMemory(), null, CancellationToken.None);
        }
        else
        {
            var all = new DateTime[rows];
            await group.ReadAsync(field, all.AsMemory(), null, CancellationToken.None);
            values = Array.ConvertAll(all, v => (DateTime?)v);
        }

        var isDay = field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date };
        var kind = field is DateTimeDataField { IsAdjustedToUTC: true } && !isDay ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return row => values[row] is { } time ? CellText.Of(DateTime.SpecifyKind(time, kind)) : "";
    }
}
