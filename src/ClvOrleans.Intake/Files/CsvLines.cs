using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// The records of a CSV file as RFC 4180 has them, each with its lines; blank lines are passed over. A quote that is never closed costs its
/// own line and no other: the lines that it seemed to hold are read again by themselves.
/// </summary>
internal sealed class CsvLines
{
    private readonly char _delimiter;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private bool _open;

    private CsvLines(char delimiter) => _delimiter = delimiter;

    public static IEnumerable<CsvLine> Read(TextLines lines, char delimiter = ',')
    {
        var csv = new CsvLines(delimiter);
        var raw = new List<TextLine>();
        while (lines.TryRead(out var line))
        {
            if (line.IsBlank)
            {
                continue;
            }

            raw.Clear();
            var flaw = csv.ReadRecord(line, lines, raw);
            if (flaw == LineFlaw.BadQuotes && raw.Count > 1)
            {
                lines.GiveBack(raw[1..]);
                raw.RemoveRange(1, raw.Count - 1);
            }

            yield return new CsvLine([.. csv._fields], raw[0].Number, raw[^1].Number, flaw);
        }
    }

    private LineFlaw ReadRecord(TextLine line, TextLines lines, List<TextLine> raw)
    {
        _fields.Clear();
        _field.Clear();
        _open = false;
        long length = 0;
        while (true)
        {
            raw.Add(line);
            length += line.Text.Length;
            if (line.Flaw != LineFlaw.None)
            {
                return raw.Count == 1 ? line.Flaw : LineFlaw.BadQuotes;
            }

            if (!TrySplit(line.Text) || length > TextLines.Longest)
            {
                return LineFlaw.BadQuotes;
            }

            if (!_open)
            {
                return LineFlaw.None;
            }

            _field.Append(line.End);
            if (!lines.TryRead(out line))
            {
                return LineFlaw.BadQuotes;
            }
        }
    }

    // False where a quote stands within an unquoted field or something follows a quoted one.
    private bool TrySplit(string line)
    {
        var at = 0;
        while (true)
        {
            if (_open || (at < line.Length && line[at] == '"'))
            {
                at = _open ? at : at + 1;
                _open = !TryQuoted(line, ref at);
                if (_open)
                {
                    return true;
                }

                if (at < line.Length && line[at] != _delimiter)
                {
                    return false;
                }

                _fields.Add(_field.ToString());
                _field.Clear();
            }
            else
            {
                var rest = line.AsSpan(at);
                var length = rest.IndexOfAny(_delimiter, '"');
                if (length >= 0 && rest[length] == '"')
                {
                    return false;
                }

                var field = length < 0 ? rest : rest[..length];
                _fields.Add(field.ToString());
                at += field.Length;
            }

            if (at == line.Length)
            {
                return true;
            }

            at++;
        }
    }

    // Reads a quoted field on from within it; false where the line ends first.
    private bool TryQuoted(string line, ref int at)
    {
        while (line.IndexOf('"', at) is var quote and >= 0)
        {
            _field.Append(line, at, quote - at);
            at = quote + 1;
            if (at == line.Length || line[at] != '"')
            {
                return true;
            }

            _field.Append('"');
            at++;
        }

        _field.Append(line, at, line.Length - at);
        at = line.Length;
        return false;
    }
}
