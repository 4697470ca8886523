using System.IO.Compression;
using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// An open history file. What it is, is told by its first bytes: gzip, an Excel workbook, Parquet, or text, whose encoding its bytes
/// tell.
/// </summary>
public sealed class HistoryFile : IDisposable
{
    private readonly CountingStream _bytes;
    private readonly TextReader _text;

    private HistoryFile(Stream stream, long? length, Encoding? encoding)
    {
        _bytes = new CountingStream(stream);
        Length = length;
        try
        {
            _text = _bytes.Head() switch
            {
                [0x1F, 0x8B, ..] => new EncodedText(new GZipStream(_bytes, CompressionMode.Decompress), encoding),
                [(byte)'P', (byte)'K', 3, 4] => Workbook.Open(SpooledFile.Of(_bytes)),
                [(byte)'P', (byte)'A', (byte)'R', (byte)'1'] => ParquetTable.Open(SpooledFile.Of(_bytes)),
                [0xD0, 0xCF, 0x11, 0xE0] => throw new HistoryFormatException(
                    "The file is a workbook of an old Excel (.xls), or locked by a password: save it as .xlsx or CSV."),
                _ => new EncodedText(_bytes, encoding),
            };
        }
        catch
        {
            _bytes.Dispose();
            throw;
        }

        Lines = new TextLines(_text);
    }

    /// <summary>The file's lines.</summary>
    public TextLines Lines { get; }

    /// <summary>The file's length as it is stored, in bytes; null where it is not known.</summary>
    public long? Length { get; }

    /// <summary>How many of <see cref="Length"/> have been read. May be asked from another thread.</summary>
    public long BytesRead => _bytes.Count;

    /// <summary>Opens a file for reading from its start to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">The encoding of its text; null to tell it from the file.</param>
    /// <exception cref="HistoryFormatException">It is of no kind that can be read, or broken.</exception>
    public static HistoryFile Open(string path, Encoding? encoding = null)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return new HistoryFile(file, file.Length, encoding);
    }

    /// <summary>Reads a file as it comes in; closes the stream when disposed.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="length">How many bytes will come, where that is known.</param>
    /// <param name="encoding">The encoding of its text; null to tell it from the file.</param>
    /// <exception cref="HistoryFormatException">It is of no kind that can be read, or broken.</exception>
    public static HistoryFile Read(Stream stream, long? length, Encoding? encoding = null) => new(stream, length, encoding);

    /// <inheritdoc />
    public void Dispose()
    {
        Lines.Dispose();
        _text.Dispose();
        _bytes.Dispose();
    }
}
