using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Lines that were looked at and will be read again: the first ones in memory, those beyond in a file of their own that goes with this
/// object.
/// </summary>
internal sealed class LineSpool : IDisposable
{
    private const int MostCharacters = 4 << 20;

    private readonly Queue<TextLine> _first = new();
    private FileStream? _file;
    private BinaryWriter? _writer;
    private BinaryReader? _reader;
    private long _characters;
    private long _left;

    /// <summary>How many characters are held.</summary>
    public long Characters => _characters;

    public void Add(TextLine line)
    {
        _characters += line.Text.Length;
        if (_writer is null && _characters <= MostCharacters)
        {
            _first.Enqueue(line);
            return;
        }

        if (_writer is null)
        {
            _file = TemporaryFile.Create();
            _writer = new BinaryWriter(_file, Encoding.Unicode);
        }

        _writer.Write(line.Number);
        _writer.Write(line.Text);
        _writer.Write(line.End);
        _writer.Write((byte)line.Flaw);
        _left++;
    }

    /// <summary>The next line, in the order in which they were added; nothing is added any more.</summary>
    public bool TryRead(out TextLine line)
    {
        if (_first.TryDequeue(out line))
        {
            return true;
        }

        if (_left == 0)
        {
            return false;
        }

        if (_reader is null)
        {
            _writer!.Flush();
            _file!.Position = 0;
            _reader = new BinaryReader(_file, Encoding.Unicode);
        }

        _left--;
        line = new TextLine(_reader.ReadInt64(), _reader.ReadString(), _reader.ReadString(), (LineFlaw)_reader.ReadByte());
        return true;
    }

    public void Dispose() => _file?.Dispose();
}
