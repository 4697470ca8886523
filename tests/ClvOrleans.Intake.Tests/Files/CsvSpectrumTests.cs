using System.Text.Json;
using ClvOrleans.Intake.Files;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

public sealed class CsvSpectrumTests
{
    [Fact]
    public void Odd_files_mean_what_their_JSON_says()
    {
        var files = Directory.GetFiles(Data.Path("fixtures", "csv-spectrum", "csvs"), "*.csv");
        Assert.Equal(11, files.Length);
        foreach (var path in files)
        {
            using var file = HistoryFile.Open(path);
            var lines = CsvLines.Read(file.Lines).ToList();
            Assert.All(lines, l => Assert.Equal(LineFlaw.None, l.Flaw));
            var header = lines[0].Fields;
            var actual = lines.Skip(1).Select(l => header.Zip(l.Fields).ToDictionary(p => p.First, p => p.Second)).ToList();

            var json = Data.Path("fixtures", "csv-spectrum", "json", Path.GetFileNameWithoutExtension(path) + ".json");
            Assert.Equal(JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(json)), actual);
        }
    }
}
