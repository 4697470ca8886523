using System.Globalization;
using System.Text;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary>Refused lines as CSV: the line's number, the reason as a word and as a sentence.</summary>
internal sealed class RejectsFile : IDisposable
{
    private readonly StreamWriter _file;

    public RejectsFile(string path)
    {
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        _file.WriteLine("line,code,message");
    }

    public void Add(ImportRefusal refusal) => _file.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{refusal.Line},{refusal.Code},\"{refusal.Message.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    public void Dispose() => _file.Dispose();
}
