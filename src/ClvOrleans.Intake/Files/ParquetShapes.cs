using System.Collections.Frozen;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// The structures of Parquet's metadata: by the number of a field, its type. A name in brackets is a list of it; a name that is no
/// structure is a plain type, or a structure without fields.
/// </summary>
internal static class ParquetShapes
{
    /// <summary>The metadata of a file.</summary>
    public const string File = "FileMetaData";

    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> All = new Dictionary<string, string>
    {
        [File] = "1:i32 2:[SchemaElement] 3:i64 4:[RowGroup] 5:[KeyValue] 6:binary 7:[ColumnOrder] 8:Encryption 9:binary",
        ["SchemaElement"] = "1:i32 2:i32 3:i32 4:binary 5:i32 6:i32 7:i32 8:i32 9:i32 10:LogicalType",
        ["LogicalType"] = "1:none 2:none 3:none 4:none 5:DecimalType 6:none 7:TimeType 8:TimeType 10:IntType 11:none 12:none 13:none "
            + "14:none 15:none 16:VariantType 17:GeometryType 18:GeometryType",
        ["DecimalType"] = "1:i32 2:i32",
        ["TimeType"] = "1:bool 2:TimeUnit",
        ["TimeUnit"] = "1:none 2:none 3:none",
        ["IntType"] = "1:byte 2:bool",
        ["VariantType"] = "1:byte",
        ["GeometryType"] = "1:binary 2:i32",
        ["KeyValue"] = "1:binary 2:binary",
        ["ColumnOrder"] = "1:none",
        ["RowGroup"] = "1:[ColumnChunk] 2:i64 3:i64 4:[SortingColumn] 5:i64 6:i64 7:i16",
        ["SortingColumn"] = "1:i32 2:bool 3:bool",
        ["ColumnChunk"] = "1:binary 2:i64 3:ColumnMetaData 4:i64 5:i32 6:i64 7:i32 8:ColumnCrypto 9:binary",
        ["ColumnMetaData"] = "1:i32 2:[i32] 3:[binary] 4:i32 5:i64 6:i64 7:i64 8:[KeyValue] 9:i64 10:i64 11:i64 12:Statistics "
            + "13:[EncodingStats] 14:i64 15:i32 16:SizeStatistics 17:GeospatialStatistics",
        ["Statistics"] = "1:binary 2:binary 3:i64 4:i64 5:binary 6:binary 7:bool 8:bool",
        ["EncodingStats"] = "1:i32 2:i32 3:i32",
        ["SizeStatistics"] = "1:i64 2:[i64] 3:[i64]",
        ["GeospatialStatistics"] = "1:BoundingBox 2:[i32]",
        ["BoundingBox"] = "1:double 2:double 3:double 4:double 5:double 6:double 7:double 8:double",
        ["Encryption"] = "1:Aes 2:Aes",
        ["Aes"] = "1:binary 2:binary 3:bool",
        ["ColumnCrypto"] = "1:none 2:ColumnKey",
        ["ColumnKey"] = "1:[binary] 2:binary",
    }.ToFrozenDictionary(s => s.Key, s => Fields(s.Value));

    /// <summary>The type of a field; null where the format has none of this number yet.</summary>
    public static string? TypeOf(string structure, int field) => All.GetValueOrDefault(structure)?.GetValueOrDefault(field);

    private static FrozenDictionary<int, string> Fields(string text) => text.Split(' ').Select(f => f.Split(':')).ToFrozenDictionary(
        f => int.Parse(f[0], System.Globalization.CultureInfo.InvariantCulture), f => f[1]);
}
