using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Imports;
using Xunit;

namespace ClvOrleans.Training.Tests.Imports;

internal static class Data
{
    public static HistoryContext Context { get; } = new() { Store = new StoreSettings { Id = new StoreId("shop") }, Source = "import", Now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) };

    /// <summary>A file of the shared data; without it the test is skipped.</summary>
    public static string Path(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "ClvOrleans.sln")))
        {
            root = root.Parent;
        }

        var data = Environment.GetEnvironmentVariable("CLV_DATA") ?? System.IO.Path.Combine(root?.FullName ?? ".", "..", "shared", "data");
        var path = System.IO.Path.Combine([data, .. parts]);
        Assert.SkipUnless(System.IO.Path.Exists(path), $"{path} is absent: set CLV_DATA to the folder of the shared data.");
        return path;
    }

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
