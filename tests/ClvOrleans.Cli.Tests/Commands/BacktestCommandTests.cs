using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary><c>clv backtest</c> by the real executable, on the CDNOW sample.</summary>
public sealed class BacktestCommandTests
{
    private static readonly string[] Days = ["--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30"];
    private static readonly string[] Learned = [
        "linear", "ridge", "rfm", "corrected-btyd", "boosted-two-part", "boosted-tweedie", "mlp", "mlp-ziln", "cnn", "gru"
    ];
    private static readonly string[] Families = ["bg-nbd", "mbg-nbd", "pareto-nbd", "mbg-cnbd-k", "mbg-nbd-covariates"];
    private static readonly string[] Naive = ["naive: spend of the last window", "naive: mean rate", "all zero"];

    [Fact]
    public async Task A_file_is_judged_and_every_forecast_and_the_pictures_are_written()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        var (csv, html) = (Path.Combine(folder, "p.csv"), Path.Combine(folder, "r.html"));

        // By day some models; all, of a small store, in the test of the calendar below.
        string[] some = ["bg-nbd", "mbg-nbd", "classical", "ridge"];
        var run = await ClvInProcess.RunAsync(
        [
            "backtest", file, "--format", "cdnow", .. Days, "--predictions", csv, "--report", html, "--json",
            .. FullSizes.Of<string[]>(["--models", string.Join(',', some)], []),
        ]);
        var view = Read(run);

        Assert.Equal((2_349, 1_882, 70_976.39m), (
            view.GetProperty("customers").GetInt32(), view.GetProperty("actualOrders").GetInt32(),
            view.GetProperty("actualValue").GetDecimal()));
        var models = view.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("model").GetString()).ToList();
        Assert.Equal([.. FullSizes.Of<string[]>(some, [.. Families, "classical", .. Learned, "champion"]), .. Naive], models);

        // -15.5 % with the published parameters (section b8 of the reference); the prior moves it a little.
        Assert.Equal(-.155, view.GetProperty("models")[0].GetProperty("score").GetProperty("bias").GetDouble(), 2e-3);
        Assert.Contains("mbg-nbd ...", run.Error, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal(
            "customer_id,model,predicted_value,predicted_orders,p_buys,p_alive,lower80,upper80,actual_value,actual_orders", lines[0]);
        Assert.Equal(2_349 * view.GetProperty("models").GetArrayLength(), lines.Length - 1);
        Assert.Equal(2_349, lines.Count(l => l.Split(',')[1] == "mbg-nbd"));
        Assert.Equal("1.226", lines[1].Split(',')[3][..5]); // Customer 00004: Fader, Hardie and Lee 2005.
        Assert.EndsWith(",26.48,1", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_judged_by_the_same_figures_as_its_file()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        await ClvInProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        var ofFile = Read(await ClvInProcess.RunAsync(["backtest", file, .. Days, "--models", "mbg-nbd", "--json"]));
        var ofStore = Read(await ClvInProcess.RunAsync(["backtest", "--store", "--data", folder, .. Days, "--models", "mbg-nbd", "--json"]));

        Assert.Equal(ofFile.GetProperty("actualValue").GetDecimal(), ofStore.GetProperty("actualValue").GetDecimal());
        Assert.Equal(
            ofFile.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("score").GetRawText()),
            ofStore.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("score").GetRawText()));
    }

    [Fact]
    public async Task A_file_and_a_store_are_cross_validated_alike_and_people_are_told_who_will_buy_again()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        string[] asked = [.. Days, "--models", "mbg-nbd,classical", "--folds", "3", "--threshold", "0.4"];
        await ClvInProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        var ofFile = Read(await ClvInProcess.RunAsync(["backtest", file, .. asked, "--json"]));
        var ofStore = Read(await ClvInProcess.RunAsync(["backtest", "--store", "--data", folder, .. asked, "--json"]));

        // 684 of the 2,349 bought again.
        Assert.Equal((3, .4, 684 / 2_349.0), (
            ofFile.GetProperty("folds").GetInt32(), ofFile.GetProperty("threshold").GetDouble(),
            ofFile.GetProperty("baseRate").GetDouble()));
        Assert.Equal(Figures(ofFile), Figures(ofStore));
        var (model, zero) = (ofFile.GetProperty("models")[0], ofFile.GetProperty("models")[4]);
        var score = model.GetProperty("score");
        var root = score.GetProperty("rootMeanSquaredError").GetDouble();
        Assert.Equal(root * root, score.GetProperty("meanSquaredError").GetDouble(), 1e-6);
        var gini = model.GetProperty("overFolds")[0];
        Assert.Equal(("gini", 3), (gini.GetProperty("figure").GetString(), gini.GetProperty("folds").GetInt32()));
        Assert.Equal("all zero", zero.GetProperty("model").GetString());
        Assert.Equal(1 - (684 / 2_349.0), zero.GetProperty("score").GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, zero.GetProperty("score").GetProperty("precision").ValueKind);

        var text = (await ClvInProcess.RunAsync(["backtest", file, .. asked])).Output;
        Assert.Contains("did, a base rate of 0.291; a probability of at least 0.4 predicts it", text, StringComparison.Ordinal);
        Assert.Contains("a fit to the other folds of 3", text, StringComparison.Ordinal);
        Assert.Matches(@"all zero +0\.5000 +0\.7088 +- +0\.0000 +0\.2912", text);

        static List<string> Figures(JsonElement view) => [.. view.GetProperty("models").EnumerateArray()
            .Select(m => m.GetProperty("score").GetRawText() + m.GetProperty("overFolds").GetRawText())];
    }

    [Fact]
    public async Task With_its_calendar_a_store_also_has_models_that_follow_the_market_by_file_as_live()
    {
        var folder = ClvProcess.NewFolder();
        var (events, truth) = (Path.Combine(folder, "events.jsonl"), Path.Combine(folder, "truth.json"));
        await ClvInProcess.RunAsync(
            "simulate", "--customers", FullSizes.Of("150", "300"), "--days", "500", "--until", "2025-12-31", "--out", events,
            "--truth", truth);
        string[] days = ["--calibration-end", "2025-09-30", "--holdout-end", "2025-12-31"];
        var run = await ClvInProcess.RunAsync(["backtest", events, .. days, "--market", truth, "--json"]);
        var ofFile = Read(run);

        Assert.Contains("champion ...", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            [.. Families, "bg-nbd-market", "mbg-nbd-market", "classical", .. Learned, "champion", .. Naive],
            Models(ofFile).Select(m => m.GetProperty("model").GetString()));
        Assert.StartsWith("promotion +", Models(ofFile)[6].GetProperty("description").GetString(), StringComparison.Ordinal);

        var data = Path.Combine(folder, "data");
        await ClvInProcess.RunAsync("import", events, "--data", data, "--json");
        await using (var clv = await ClvInProcess.ServeAsync(data))
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(truth));
            using var body = new StringContent(document.RootElement.GetProperty("market").GetRawText());
            (await clv.Http.PostAsync(new Uri("api/v1/market", UriKind.Relative), body)).EnsureSuccessStatusCode();
        }

        var ofStore = Read(
            await ClvInProcess.RunAsync(["backtest", "--store", "--data", data, .. days, "--models", "mbg-nbd-market", "--json"]));
        Assert.Equal(Models(ofFile)[6].GetProperty("score").GetRawText(), Models(ofStore)[0].GetProperty("score").GetRawText());

        static JsonElement[] Models(JsonElement view) => [.. view.GetProperty("models").EnumerateArray()];
    }

    [Fact]
    public async Task Origins_are_rolled_over_a_file_beside_the_naive_lines()
    {
        var (file, html) = (SharedData.Find("cdnow/CDNOW_sample.txt"), Path.Combine(ClvProcess.NewFolder(), "r.html"));
        string[] asked = ["--origins", "2", "--step", "1", "--horizons", "6,3", "--models", "level,mbg-nbd", "--report", html];
        var view = Read(await ClvInProcess.RunAsync(["backtest", file, .. asked, "--json"]));

        Assert.Equal(["1997-11-30", "1997-12-31"], view.GetProperty("origins").EnumerateArray().Select(o => o.GetString()));
        var rows = view.GetProperty("rows").EnumerateArray()
            .Select(r => (r.GetProperty("model").GetString(), r.GetProperty("months").GetInt32()));
        string[] models = ["mbg-nbd", "level", Naive[0], "naive: same days a year ago"];
        Assert.Equal(models.SelectMany(m => new[] { ((string?)m, 3), (m, 6) }), rows);
        Assert.Contains("Level by origin", await File.ReadAllTextAsync(html), StringComparison.Ordinal);

        var table = await ClvInProcess.RunAsync(["backtest", file, .. asked]);
        Assert.Contains("2 origins from 1997-11-30 to 1997-12-31", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0].to is before from.", """[{"id":"a","kind":"Season","from":"1997-06-02","to":"1997-06-01"}]""")]
    [InlineData("[0].strength 2 is not a number from 0 to 1.",
        """{"market":[{"id":"a","kind":"Season","from":"1997-06-02","to":"1997-06-03","strength":2}]}""")]
    [InlineData("is not JSON", "id,kind")]
    [InlineData("There is no file", null)]
    public async Task A_wrong_calendar_is_said_by_entry_and_field(string message, string? calendar)
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "market.json");
        if (calendar is not null)
        {
            await File.WriteAllTextAsync(file, calendar);
        }

        var run = await ClvInProcess.RunAsync(["backtest", SharedData.Find("cdnow/CDNOW_sample.txt"), .. Days, "--market", file]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "1998-06-30 must be before --holdout-end 1998-06-30", "--calibration-end", "1998-06-30", "--holdout-end", "1998-06-30")]
    [InlineData(2, "there is no model 'bg-ndb'", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--models", "bg-ndb")]
    [InlineData(
        2, "'grss' is not gross, net or margin", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--value", "grss")]
    [InlineData(2, "'30.9.1997' is not a date", "--calibration-end", "30.9.1997", "--holdout-end", "1998-06-30")]
    [InlineData(2, "--holdout-end is needed", "--calibration-end", "1997-09-30")]
    [InlineData(2, "there is no format 'xls'", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--format", "xls")]
    [InlineData(2, "--folds: 1 is not 2 to 20", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--folds", "1")]
    [InlineData(
        2, "--threshold: 1.5 is not between 0 and 1", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--threshold",
        "1.5")]
    [InlineData(2, "--origins: 201 is not 1 to 200", "--origins", "201")]
    [InlineData(2, "--step needs --origins", "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30", "--step", "3")]
    [InlineData(2, "--horizons: 'year' is not a number of months", "--origins", "2", "--horizons", "3,year")]
    [InlineData(2, "--origins is for a FILE, without --folds and --predictions", "--origins", "2", "--folds", "3")]
    [InlineData(1, "the latest possible is 1997-06-30", "--origins", "2", "--calibration-end", "1997-12-31")]
    [InlineData(1, "--holdout-end 1998-12-31 is after the last event", "--calibration-end", "1998-06-30", "--holdout-end", "1998-12-31")]
    [InlineData(1, "Nobody has a paid order", "--calibration-end", "1996-12-31", "--holdout-end", "1997-06-30")]
    public async Task What_cannot_be_tested_is_said_by_name(int status, string message, params string[] arguments)
    {
        var run = await ClvInProcess.RunAsync(["backtest", SharedData.Find("cdnow/CDNOW_sample.txt"), .. arguments]);

        Assert.Equal((status, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
