using System.Text.Json;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Training.Imports;

namespace ClvOrleans.Server.Commands;

/// <summary>Counts what became of a file's lines, and shows how far the import is.</summary>
internal sealed class ImportTally(HistoryFile file, bool json)
{
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly List<(long Line, string Code, string Message)> _examples = [];
    private long _accepted;
    private long _duplicates;
    private long _shown = -1;

    public long Lines { get; set; }

    public void Refuse(long line, string code, string message, int lines)
    {
        _refused[code] = _refused.GetValueOrDefault(code) + lines;
        _examples.Add((line, code, message));
        if (_examples.Count > 1_000)
        {
            _examples.RemoveAt(1_000);
        }
    }

    public void Count(IEnumerable<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Count(outcome.Kind == OutcomeKind.Recorded ? 1 : 0, outcome.Kind == OutcomeKind.Duplicate ? 1 : 0);
        }

        ShowProgress();
    }

    public void Count(int accepted, int duplicates)
    {
        _accepted += accepted;
        _duplicates += duplicates;
    }

    public void Print(int examples)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { lines = Lines, events = _accepted, duplicates = _duplicates, refused = _refused }));
            return;
        }

        Console.Error.WriteLine();
        Console.WriteLine($"{Lines} lines: {_accepted} events recorded, {_duplicates} known already, {_refused.Values.Sum()} lines refused");
        foreach (var (code, count) in _refused)
        {
            Console.WriteLine($"  {code}: {count}");
        }

        foreach (var (line, code, message) in _examples.Take(examples))
        {
            Console.WriteLine($"  line {line}: {code}: {message}");
        }
    }

    private void ShowProgress()
    {
        var percent = file.Length == 0 ? 100 : file.BytesRead * 100 / file.Length;
        if (!json && percent != _shown)
        {
            _shown = percent;
            Console.Error.Write($"\r[{new string('#', (int)percent / 4),-25}] {percent} %");
        }
    }
}
