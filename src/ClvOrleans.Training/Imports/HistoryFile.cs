using System.IO.Compression;
using System.Text;

namespace ClvOrleans.Training.Imports;

/// <summary>An open history file: gzip is told by its first bytes, the encoding by its byte order mark, else UTF-8.</summary>
public sealed class HistoryFile : IDisposable
{
    private readonly CountingStream _bytes;

    private HistoryFile(CountingStream bytes, long length, TextReader text)
    {
        _bytes = bytes;
        Length = length;
        Text = text;
    }

    /// <summary>The file's text.</summary>
    public TextReader Text { get; }

    /// <summary>The file's length on disk, in bytes.</summary>
    public long Length { get; }

    /// <summary>How many of <see cref="Length"/> have been read. May be asked from another thread.</summary>
    public long BytesRead => _bytes.Count;

    /// <summary>Opens a file for reading from its start to its end.</summary>
    public static HistoryFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        var bytes = new CountingStream(file);
        Stream content = zipped ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        return new HistoryFile(bytes, file.Length, new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16));
    }

    /// <inheritdoc />
    public void Dispose() => Text.Dispose();
}
