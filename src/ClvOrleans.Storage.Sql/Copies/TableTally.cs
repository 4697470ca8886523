using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>Counts and adds up the rows of a table as they pass.</summary>
internal sealed class TableTally(StoreTable table)
{
    private static readonly string[] SumsOfCustomers = ["customers", "gross", "historic", "orders"];
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly int[] _summed = table.Name == "customers" ? [.. SumsOfCustomers.Select(c => table.Columns.IndexOf(c))] : [];
    private readonly Int128[] _sums = new Int128[SumsOfCustomers.Length];
    private UInt128 _digest;

    /// <summary>How many rows have passed.</summary>
    public long Rows { get; private set; }

    /// <summary>A row passes; its bytes, valid until the next one.</summary>
    public ReadOnlySpan<byte> Add(object?[] row)
    {
        _row.ResetWrittenCount();
        RowFormat.Write(row, _row);
        unchecked
        {
            _digest += XxHash128.HashToUInt128(_row.WrittenSpan);
        }

        for (var i = 0; i < _summed.Length; i++)
        {
            _sums[i] += (long)row[_summed[i]]!;
        }

        Rows++;
        return _row.WrittenSpan;
    }

    public CopiedTable ToTable() => new(
        table.Name, table.Columns, Rows, _digest.ToString("x32", CultureInfo.InvariantCulture),
        _summed.Select((_, i) => KeyValuePair.Create(SumsOfCustomers[i], _sums[i].ToString(CultureInfo.InvariantCulture)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal));
}
