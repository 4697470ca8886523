using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// A table that is not text as the CSV that it would be exported as, with a line for each row: so there is one way to read tables.
/// </summary>
/// <param name="rows">The rows, each with its cells; the first that is not blank is the header.</param>
/// <param name="owner">What is closed with this object.</param>
internal sealed class TableText(IEnumerable<IReadOnlyList<string>> rows, IDisposable owner) : TextReader
{
    private readonly IEnumerator<IReadOnlyList<string>> _rows = rows.GetEnumerator();
    private readonly StringBuilder _line = new();
    private int _at;
    private int _width;

    public override int Read(char[] buffer, int index, int count)
    {
        if (_at == _line.Length && !TryNext())
        {
            return 0;
        }

        var length = Math.Min(count, _line.Length - _at);
        _line.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            owner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool TryNext()
    {
        (_at, _line.Length) = (0, 0);
        if (!_rows.MoveNext())
        {
            return false;
        }

        var cells = _rows.Current;
        var filled = cells.Count;
        while (filled > 0 && cells[filled - 1].Length == 0)
        {
            filled--;
        }

        // Rows end where their last cell does: empty ones stand for the rest of the header's columns.
        _width = _width == 0 ? filled : _width;
        for (var i = 0; filled > 0 && i < Math.Max(filled, _width); i++)
        {
            _line.Append(i == 0 ? "" : ",").Append('"').Append(i < filled ? Cell(cells[i]) : "").Append('"');
            if (_line.Length > TextLines.Longest)
            {
                throw new HistoryFormatException("A row of the table is longer than any of a shop's export; take what is no order out of "
                    + "it.");
            }
        }

        _line.Append('\n');
        return true;
    }

    // A line is a row: what breaks lines within a cell would part them.
    private static string Cell(string text) => text.AsSpan().ContainsAny('"', '\n', '\r')
        ? text.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ')
        : text;
}
