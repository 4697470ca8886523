using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Text of a stream whose encoding its bytes tell: a byte order mark, the zeros of UTF-16, else by what comes with the first byte beyond
/// ASCII, which is alike in all. So a file that is still being sent is read as it comes, up to where something has to be decided.
/// </summary>
internal sealed class EncodedText : TextReader
{
    private const int Window = 1 << 16;
    private static readonly byte[][] Marks = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]];

    private readonly Stream _stream;
    private readonly byte[] _ahead = new byte[Window];
    private int _at;
    private int _end;
    private byte _before;
    private bool _isBegun;
    private StreamReader? _text;

    /// <param name="stream">The bytes; closed with this object.</param>
    /// <param name="encoding">The encoding, where it is known.</param>
    public EncodedText(Stream stream, Encoding? encoding)
    {
        _stream = stream;
        Encoding = encoding;
    }

    /// <summary>The encoding; null while only ASCII was seen.</summary>
    public Encoding? Encoding { get; private set; }

    /// <exception cref="HistoryFormatException">The bytes are of no encoding that can be told.</exception>
    public override int Read(char[] buffer, int index, int count)
    {
        if (_text is not null)
        {
            return _text.Read(buffer, index, count);
        }

        Begin();
        return _text is null ? ReadAscii(buffer.AsSpan(index, count)) : _text.Read(buffer, index, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text?.Dispose();
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    // The first bytes may be a mark, or show UTF-16 by their zeros.
    private void Begin()
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        _end = _stream.ReadAtLeast(_ahead.AsSpan(0, 4), 4, throwOnEndOfStream: false);
        var first = _ahead.AsSpan(0, _end);
        foreach (var mark in Marks)
        {
            if (first.StartsWith(mark))
            {
                var marked = mark.Length == 3 ? System.Text.Encoding.UTF8
                    : mark[0] == 0xFF ? System.Text.Encoding.Unicode
                    : System.Text.Encoding.BigEndianUnicode;
                if (Encoding is not null && Encoding.CodePage != marked.CodePage)
                {
                    throw new HistoryFormatException(
                        $"The file's byte order mark says {marked.WebName}, --encoding {Encoding.WebName}: leave the option out.");
                }

                _at = mark.Length;
                Decode(marked);
                return;
            }
        }

        if (Encoding is not null)
        {
            Decode(Encoding);
        }
        else if (first is [not 0, 0, not 0, 0])
        {
            Decode(System.Text.Encoding.Unicode);
        }
        else if (first is [0, not 0, 0, not 0])
        {
            Decode(System.Text.Encoding.BigEndianUnicode);
        }
    }

    private int ReadAscii(Span<char> buffer)
    {
        if (_at == _end)
        {
            (_at, _end) = (0, _stream.Read(_ahead));
        }

        var bytes = _ahead.AsSpan(_at, Math.Min(_end - _at, buffer.Length));
        var ascii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        ascii = ascii < 0 ? bytes.Length : ascii;
        if (ascii == 0 && bytes.Length > 0)
        {
            _ahead.AsSpan(_at, _end - _at).CopyTo(_ahead);
            _end -= _at;
            _at = 0;
            _end += _stream.ReadAtLeast(_ahead.AsSpan(_end), _ahead.Length - _end, throwOnEndOfStream: false);
            Decode(EncodingGuess.Of(_before, _ahead.AsSpan(0, _end), isWhole: _end < _ahead.Length));
            return _text!.Read(buffer);
        }

        var read = System.Text.Encoding.ASCII.GetChars(bytes[..ascii], buffer);
        _before = read > 0 ? bytes[read - 1] : _before;
        _at += read;
        return read;
    }

    private void Decode(Encoding encoding)
    {
        Encoding = encoding;
        var whole = new ResumedStream(_ahead.AsSpan(_at, _end - _at).ToArray(), _stream);
        _text = new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: false, Window);
    }
}
