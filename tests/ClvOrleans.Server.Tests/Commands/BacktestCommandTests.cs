using System.Text.Json;

namespace ClvOrleans.Server.Tests.Commands;

/// <summary><c>clv backtest</c> by the real executable, on the CDNOW sample.</summary>
public sealed class BacktestCommandTests
{
    private static readonly string[] Days = ["--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30"];

    [Fact]
    public async Task A_file_is_judged_and_every_forecast_and_the_pictures_are_written()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        var (csv, html) = (Path.Combine(folder, "p.csv"), Path.Combine(folder, "r.html"));
        var run = await ClvProcess.RunAsync(["backtest", file, "--format", "cdnow", .. Days, "--predictions", csv, "--report", html, "--json"]);
        var view = Read(run);

        Assert.Equal((2_349, 1_882, 70_976.39m), (
            view.GetProperty("customers").GetInt32(), view.GetProperty("actualOrders").GetInt32(), view.GetProperty("actualValue").GetDecimal()));
        var models = view.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("model").GetString()).ToList();
        Assert.Equal(
            [
                "bg-nbd", "mbg-nbd", "pareto-nbd", "mbg-cnbd-k", "linear", "ridge", "rfm", "corrected-btyd", "boosted-two-part", "boosted-tweedie",
                "champion", "naive: spend of the last window", "naive: mean rate", "all zero",
            ],
            models);

        // -15.5 % with the published parameters (section b8 of the reference); the prior moves it a little.
        Assert.Equal(-.155, view.GetProperty("models")[0].GetProperty("score").GetProperty("bias").GetDouble(), 2e-3);
        Assert.Contains("champion ...", run.Error, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal("customer_id,model,predicted_value,predicted_orders,p_alive,lower80,upper80,actual_value,actual_orders", lines[0]);
        Assert.Equal(2_349 * 14, lines.Length - 1);
        Assert.Equal(2_349, lines.Count(l => l.Split(',')[1] == "champion"));
        Assert.Equal("1.226", lines[1].Split(',')[3][..5]); // Customer 00004: Fader, Hardie and Lee 2005.
        Assert.EndsWith(",26.48,1", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_judged_by_the_same_figures_as_its_file()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        await ClvProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        var ofFile = Read(await ClvProcess.RunAsync(["backtest", file, .. Days, "--models", "mbg-nbd", "--json"]));
        var ofStore = Read(await ClvProcess.RunAsync(["backtest", "--store", "--data", folder, .. Days, "--models", "mbg-nbd", "--json"]));

        Assert.Equal(ofFile.GetProperty("actualValue").GetDecimal(), ofStore.GetProperty("actualValue").GetDecimal());
        Assert.Equal(
            ofFile.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("score").GetRawText()),
            ofStore.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("score").GetRawText()));
    }

    [Theory]
    [InlineData(2, "--calibration-end 1998-06-30 must be before --holdout-end 1998-06-30", "--calibration-end", "1998-06-30", "--holdout-end", "1998-06-30")]
    [InlineData(2, "there is no model 'bg-ndb'", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--models", "bg-ndb")]
    [InlineData(2, "'30.9.1997' is not a date", "--calibration-end", "30.9.1997", "--holdout-end", "1998-06-30")]
    [InlineData(2, "--holdout-end is needed", "--calibration-end", "1997-09-30")]
    [InlineData(2, "there is no format 'xls'", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--format", "xls")]
    [InlineData(1, "The holdout is empty", "--calibration-end", "1998-06-30", "--holdout-end", "1998-12-31")]
    [InlineData(1, "Nobody has a paid order", "--calibration-end", "1996-12-31", "--holdout-end", "1997-06-30")]
    public async Task What_cannot_be_tested_is_said_by_name(int status, string message, params string[] arguments)
    {
        var run = await ClvProcess.RunAsync(["backtest", SharedData.Find("cdnow/CDNOW_sample.txt"), .. arguments]);

        Assert.Equal((status, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
