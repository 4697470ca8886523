using System.IO.Compression;
using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>An open history file: gzip is told by its first bytes, the encoding by its byte order mark, else UTF-8.</summary>
public sealed class HistoryFile : IDisposable
{
    private readonly CountingStream _bytes;
    private readonly StreamReader _text;

    private HistoryFile(Stream stream, long? length, Encoding? encoding)
    {
        _bytes = new CountingStream(stream);
        Length = length;
        Stream content = _bytes.StartsWithGzip() ? new GZipStream(_bytes, CompressionMode.Decompress) : _bytes;
        _text = new StreamReader(content, encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
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
    public static HistoryFile Open(string path, Encoding? encoding = null)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return new HistoryFile(file, file.Length, encoding);
    }

    /// <summary>Reads a file as it comes in; closes the stream when disposed.</summary>
    /// <param name="stream">The file, plain or gzip.</param>
    /// <param name="length">How many bytes will come, where that is known.</param>
    /// <param name="encoding">The encoding of its text; null to tell it from the file.</param>
    public static HistoryFile Read(Stream stream, long? length, Encoding? encoding = null) => new(stream, length, encoding);

    /// <inheritdoc />
    public void Dispose() => _text.Dispose();
}
