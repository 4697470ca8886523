using System.IO.Compression;
using MiniExcelLibs;

namespace ClvOrleans.Intake.Files;

/// <summary>The first sheet of an Excel workbook (.xlsx). It is read row by row, and what it unpacks to is bounded before.</summary>
internal static class Workbook
{
    private const int MostParts = 10_000;
    private const long MostBytes = 4L << 30;
    private const int MostRows = 1_048_576;
    private const int MostColumns = 1_000;

    /// <summary>The sheet as text.</summary>
    /// <param name="file">The file; closed with the text.</param>
    /// <exception cref="HistoryFormatException">It is no workbook, is broken, or unpacks to more than any export.</exception>
    public static TextReader Open(FileStream file)
    {
        Check(file);
        return new TableText(Rows(file), file);
    }

    private static void Check(FileStream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            bool Has(string name) => zip.Entries.Any(e => e.FullName.EndsWith(name, StringComparison.OrdinalIgnoreCase));

            if (zip.Entries.Count > MostParts || !Has("workbook.xml"))
            {
                throw new HistoryFormatException(
                    Has("workbook.bin")
                        ? "The file is a binary workbook (.xlsb): save it as .xlsx or CSV."
                        : "The file is a zip archive, and no Excel workbook: unpack it, and import the files in it.");
            }

            // What the archive says of the sizes of its parts may be wrong.
            var (buffer, bytes) = (new byte[1 << 16], 0L);
            foreach (var part in zip.Entries)
            {
                using var stream = part.Open();
                for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
                {
                    bytes += read;
                    if (bytes > MostBytes)
                    {
                        throw new HistoryFormatException("The workbook unpacks to more than 4 GiB: export it as CSV.");
                    }
                }
            }

            file.Position = 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new HistoryFormatException($"The workbook is broken: {e.Message}", e);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(FileStream file)
    {
        using var rows = Guarded(() => MiniExcel.Query(file, useHeaderRow: false, excelType: ExcelType.XLSX)
            .Cast<IDictionary<string, object?>>().GetEnumerator());
        for (var row = 1; Guarded(rows.MoveNext); row++)
        {
            if (row > MostRows || rows.Current.Count > MostColumns)
            {
                throw new HistoryFormatException(
                    $"The sheet has more than {MostRows:N0} rows or {MostColumns:N0} columns: export it as CSV.");
            }

            yield return [.. rows.Current.Values.Select(CellText.Of)];
        }
    }

    // What a broken workbook makes the library throw may be anything.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or HistoryFormatException))
        {
            throw new HistoryFormatException($"The workbook is broken: {e.Message}", e);
        }
    }
}
