using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using Xunit;

namespace ClvOrleans.Tests;

internal static class Data
{
    /// <summary>A context of its own, since a reader writes its findings into it.</summary>
    public static HistoryContext Context => new()
    {
        Store = new StoreSettings { Id = new StoreId("shop") },
        Source = "import",
        Now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A file of the shared data; without it the test is skipped.</summary>
    public static string Path(params string[] parts) => SharedData.Find(System.IO.Path.Combine(parts));

    public static List<HistoryRow> Read(string format, string text, HistoryContext? context = null) =>
        [.. HistoryReaders.Find(format)!.Read(new TextLines(new StringReader(text)), context ?? Context)];

    public static List<HistoryRow> ReadFile(string format, string path)
    {
        using var file = HistoryFile.Open(path);
        var rows = HistoryReaders.Find(format)!.Read(file.Lines, Context).ToList();
        Assert.Equal(file.Length, file.BytesRead);
        return rows;
    }
}
