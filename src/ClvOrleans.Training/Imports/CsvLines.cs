using System.Text;

namespace ClvOrleans.Training.Imports;

/// <summary>The records of a CSV file as RFC 4180 has them, each with its lines. Blank lines are counted with the record that follows.</summary>
internal sealed class CsvLines
{
    // An unclosed quote swallows what follows: no honest field is as long, and the rest of a large file is not kept in memory.
    private const int LongestField = 1 << 20;

    private readonly TextReader _text;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _at;
    private int _end;
    private long _line = 1;
    private bool _bad;

    private CsvLines(TextReader text) => _text = text;

    public static IEnumerable<CsvLine> Read(TextReader text)
    {
        var lines = new CsvLines(text);
        var first = 1L;
        while (lines.TryRecord())
        {
            var fields = lines._fields;
            if (fields is [""] && !lines._bad)
            {
                continue;
            }

            yield return new CsvLine([.. fields], first, lines._line - 1, lines._bad);
            first = lines._line;
        }
    }

    private bool TryRecord()
    {
        _fields.Clear();
        _bad = false;
        if (Peek() < 0)
        {
            return false;
        }

        while (true)
        {
            _field.Clear();
            if (Peek() == '"')
            {
                _at++;
                Quoted();
                Plain(afterQuotes: true);
            }
            else
            {
                Plain(afterQuotes: false);
            }

            _fields.Add(_field.ToString());
            var end = Next();
            if (end != ',')
            {
                EndLine(end);
                return true;
            }
        }
    }

    private void Quoted()
    {
        while (Next() is var c and >= 0)
        {
            if (c == '"' && Peek() != '"')
            {
                return;
            }

            if (c == '"')
            {
                _at++;
            }
            else if (c == '\n' || (c == '\r' && Peek() != '\n'))
            {
                _line++;
            }

            if (_field.Length < LongestField)
            {
                _field.Append((char)c);
            }
            else
            {
                _bad = true;
            }
        }

        _bad = true;
    }

    // What stands before the comma or the line's end; after a quoted field that should be nothing.
    private void Plain(bool afterQuotes)
    {
        while (Peek() is var c && c >= 0 && c != ',' && c != '\n' && c != '\r')
        {
            _bad |= afterQuotes || c == '"' || _field.Length >= LongestField;
            if (_field.Length < LongestField)
            {
                _field.Append((char)c);
            }

            _at++;
        }
    }

    private void EndLine(int end)
    {
        if (end == '\r' && Peek() == '\n')
        {
            _at++;
        }

        _line++;
    }

    private int Next()
    {
        var c = Peek();
        _at += c < 0 ? 0 : 1;
        return c;
    }

    private int Peek()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = _text.Read(_buffer, 0, _buffer.Length);
        }

        return _at < _end ? _buffer[_at] : -1;
    }
}
