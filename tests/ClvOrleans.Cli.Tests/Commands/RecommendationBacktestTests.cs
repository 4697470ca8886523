using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary><c>clv backtest --recommendations</c> by the real executable.</summary>
public sealed class RecommendationBacktestTests
{
    [Fact]
    public async Task Orders_of_a_file_are_judged_by_the_last_basket_of_each_customer()
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "lines.csv");
        await File.WriteAllLinesAsync(file,
        [
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
            "1,10,tea,1,2026-01-01 10:00:00,2.00,a,x", "1,POST,postage,1,2026-01-01 10:00:00,1.00,a,x",
            "2,10,tea,1,2026-01-08 10:00:00,2.00,a,x", "3,10,tea,1,2026-01-15 10:00:00,2.00,a,x",
            "4,11,cup,1,2026-01-02 10:00:00,3.00,b,x", "5,10,tea,2,2026-01-09 10:00:00,2.00,b,x",
            "6,11,cup,1,2026-01-09 11:00:00,3.00,b,x",
            "7,10,tea,1,2026-01-03 10:00:00,2.00,c,x",
        ]);
        var view = Read(await ClvInProcess.RunAsync(["backtest", file, "--recommendations", "--products", "^[0-9]", "--json"]));

        Assert.Equal((2, 2), (view.GetProperty("customers").GetInt32(), view.GetProperty("products").GetInt32()));
        var rows = view.GetProperty("rows").EnumerateArray().ToDictionary(
            r => r.GetProperty("name").GetString()!, r => r.GetProperty("at10").GetProperty("recall").GetDouble());
        Assert.Equal(1, rows["mix"]);
        Assert.Equal(.75, rows["personal top"]); // All of a's next basket and half of b's.
    }

    [Fact]
    public async Task A_published_split_is_read_from_its_two_files()
    {
        var folder = ClvProcess.NewFolder();
        var (history, next) = (Path.Combine(folder, "history.json"), Path.Combine(folder, "future.json"));
        await File.WriteAllTextAsync(history, """{"1": [[-1], [0, 1], [0], [-1]], "2": [[-1], [1], [1, 2], [-1]]}""");
        await File.WriteAllTextAsync(next, """{"1": [[-1], [0], [-1]], "2": [[-1], [1, 3], [-1]]}""");
        var view = Read(await ClvInProcess.RunAsync(["backtest", history, "--recommendations", "--next", next, "--json"]));
        Assert.Equal((2, 4), (view.GetProperty("customers").GetInt32(), view.GetProperty("products").GetInt32()));

        await File.WriteAllTextAsync(next, """{"1": [[-1], [0], [-1]]}""");
        var refused = await ClvInProcess.RunAsync("backtest", history, "--recommendations", "--next", next);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("customer 2 of ", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--recommendations needs a FILE", "--recommendations")]
    [InlineData("--folds is not for --recommendations", "x.csv", "--recommendations", "--folds", "3")]
    [InlineData("--next needs --recommendations", "x.csv", "--next", "y.json")]
    [InlineData("--products: ", "x.csv", "--recommendations", "--products", "(")]
    public async Task Options_that_do_not_go_together_are_refused(string said, params string[] options)
    {
        var run = await ClvInProcess.RunAsync(["backtest", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Read((int ExitCode, string Output, string Error) run) =>
        JsonSerializer.Deserialize<JsonElement>(run.Output);
}
