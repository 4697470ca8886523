using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// The lines of a file, one by one: no more than a line of <see cref="Longest"/> characters is held, whatever the file. Lines can be
/// given back, to be read again.
/// </summary>
public sealed class TextLines(TextReader text) : IDisposable
{
    /// <summary>The longest line that is kept whole.</summary>
    public const int Longest = 4 << 20;

    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _rest = new();
    private readonly LinkedList<TextLine> _back = [];
    private LineSpool? _ahead;
    private bool _isAhead;
    private int _at;
    private int _end;
    private long _count;

    /// <summary>How many lines were read from the file so far. May be asked from another thread.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>
    /// What the file's first line says stands between fields (<c>sep=;</c>, as Excel writes it); null where it says nothing. The line is
    /// passed over.
    /// </summary>
    public char? Separator { get; private set; }

    /// <summary>The encoding of the text as far as it was read; null where the file is no text.</summary>
    public string? Encoding => text is EncodedText encoded ? encoded.Encoding?.WebName ?? "us-ascii" : null;

    /// <summary>Why the file broke off before its end; null where it did not.</summary>
    public string? Broken { get; private set; }

    /// <summary>The next line.</summary>
    public bool TryRead(out TextLine line)
    {
        if (_back.First is { } first)
        {
            line = first.Value;
            _back.RemoveFirst();
            return true;
        }

        if (!TryReadAhead(out line))
        {
            return false;
        }

        if (line.Number != 1 || SeparatorOf(line.Text) is not { } separator)
        {
            return true;
        }

        Separator = separator;
        return TryReadAhead(out line);
    }

    /// <summary>From here on lines are kept, to be read again after <see cref="Rewind"/>.</summary>
    internal void Mark()
    {
        _ahead = new LineSpool();
        _isAhead = true;
    }

    /// <summary>How many characters were read since <see cref="Mark"/>.</summary>
    internal long Ahead => _ahead?.Characters ?? 0;

    /// <summary>Goes back to where the lines were marked.</summary>
    internal void Rewind()
    {
        _back.Clear();
        _isAhead = false;
    }

    /// <summary>Gives lines back: they are read again, in their order, before all others.</summary>
    public void GiveBack(IReadOnlyList<TextLine> lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            _back.AddFirst(lines[i]);
        }
    }

    /// <summary>The first line with something on it, without taking it; null where there is none among the first thousand.</summary>
    public string? Peek()
    {
        var seen = new List<TextLine>();
        while (seen.Count < 1_000 && TryRead(out var line))
        {
            seen.Add(line);
            if (!line.IsBlank)
            {
                break;
            }
        }

        GiveBack(seen);
        return seen.Count == 0 || seen[^1].IsBlank ? null : seen[^1].Text;
    }

    /// <inheritdoc />
    public void Dispose() => _ahead?.Dispose();

    private static char? SeparatorOf(string line) =>
        line.AsSpan().Trim('"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var sign] && !char.IsLetterOrDigit(sign) ? sign : null;

    private bool TryReadAhead(out TextLine line)
    {
        if (_isAhead)
        {
            var read = TryReadFile(out line);
            if (read)
            {
                _ahead!.Add(line);
            }

            return read;
        }

        if (_ahead is not null)
        {
            if (_ahead.TryRead(out line))
            {
                return true;
            }

            _ahead.Dispose();
            _ahead = null;
        }

        return TryReadFile(out line);
    }

    private bool TryReadFile(out TextLine line)
    {
        _rest.Clear();
        var tooLong = false;
        while (TryFill())
        {
            var span = _buffer.AsSpan(_at, _end - _at);
            var length = span.IndexOfAny('\n', '\r');
            var part = length < 0 ? span : span[..length];
            tooLong |= _rest.Length + part.Length > Longest;
            if (length >= 0 && _rest.Length == 0)
            {
                _at += length;
                line = Line(part.ToString(), End(), tooLong ? LineFlaw.TooLong : LineFlaw.None);
                return true;
            }

            _rest.Append(part[..Math.Min(part.Length, Longest - _rest.Length)]);
            _at += part.Length;
            if (length >= 0)
            {
                line = Line(_rest.ToString(), End(), tooLong ? LineFlaw.TooLong : LineFlaw.None);
                return true;
            }
        }

        line = default;
        if (_rest.Length == 0)
        {
            return false;
        }

        line = Line(_rest.ToString(), "", Broken is null ? tooLong ? LineFlaw.TooLong : LineFlaw.None : LineFlaw.Cut);
        return true;
    }

    private TextLine Line(string content, string end, LineFlaw flaw)
    {
        Volatile.Write(ref _count, _count + 1);
        return new TextLine(_count, content, end, flaw);
    }

    private string End()
    {
        if (_buffer[_at++] == '\n')
        {
            return "\n";
        }

        if (TryFill() && _buffer[_at] == '\n')
        {
            _at++;
            return "\r\n";
        }

        return "\r";
    }

    private bool TryFill()
    {
        if (_at < _end)
        {
            return true;
        }

        if (Broken is not null)
        {
            return false;
        }

        try
        {
            _at = 0;
            _end = text.Read(_buffer, 0, _buffer.Length);
        }
        catch (InvalidDataException e)
        {
            // What was unpacked before still counts.
            _end = 0;
            Broken = $"The file is truncated after line {_count}: {e.Message}";
        }

        return _at < _end;
    }
}
