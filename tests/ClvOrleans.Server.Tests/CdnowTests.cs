using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Server.Tests;

/// <summary>CDNOW through the commands: imported, trained, asked of the running service.</summary>
public sealed class CdnowTests
{
    private const string CalibrationEnd = "1997-09-30";

    [Fact]
    public async Task Imported_and_trained_it_gives_the_published_figures()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        var import = await ClvInProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        Assert.Equal(6_919, Read(import).GetProperty("events").GetInt32());
        var again = await ClvInProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        Assert.Equal((0, 6_919), (Read(again).GetProperty("events").GetInt32(), Read(again).GetProperty("duplicates").GetInt32()));

        var models = Read(await ClvInProcess.RunAsync("train", "--until", CalibrationEnd, "--data", folder, "--json")).GetProperty("models")
            .EnumerateArray()
            .ToDictionary(m => m.GetProperty("family").GetString()!);
        Assert.Equal(-9582.4292, models["bg-nbd"].GetProperty("logLikelihood").GetDouble(), 1e-3); // CLVTools, test_correctness_bgnbd
        Same(models["bg-nbd"], ("r", .2425945, 1e-3), ("alpha", 4.4136019, 1e-2), ("a", .7929199, 1e-2), ("b", 2.4258881, 3e-2));
        Assert.Equal(-9594.9762, models["pareto-nbd"].GetProperty("logLikelihood").GetDouble(), 1e-3); // CLVTools, test_correctness_pnbd

        // A store of less than a year is drawn a little towards other stores (docs/models/small-stores.md).
        Same(models["pareto-nbd"], ("r", .55315, 1e-3), ("alpha", 10.57633, 2e-2), ("s", .60625, 1e-2), ("beta", 11.67150, 3e-1));

        await using var clv = await ClvInProcess.ServeAsync(folder);
        var customers = File.ReadLines(file).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(f => f[1], f => f[0])
            .ToDictionary(g => int.Parse(g.Key, CultureInfo.InvariantCulture), g => g.First());
        Assert.Equal(2_457, await RepeatPurchasesAsync(clv, [.. customers.Values])); // Fader, Hardie and Lee 2005
        await ExpectationsAreThePublishedOnesAsync(clv, customers);
    }

    [Fact]
    public async Task A_wrong_file_and_a_wrong_command_are_told_apart()
    {
        var missing = await ClvInProcess.RunAsync("import", "nowhere.csv", "--format", "orders", "--data", ClvProcess.NewFolder());
        var unknown = await ClvInProcess.RunAsync("impart");
        Assert.Equal((1, 2), (missing.ExitCode, unknown.ExitCode));
        Assert.Contains("nowhere.csv", missing.Error, StringComparison.Ordinal);
    }

    private static async Task<int> RepeatPurchasesAsync(RunningClv clv, string[] customers)
    {
        Assert.Equal(2_357, customers.Length);
        var repeats = 0;
        foreach (var customer in customers)
        {
            var value = await clv.ClvAsync(customer, $"?asOf={CalibrationEnd}");
            repeats += value.GetProperty("historic").GetProperty("purchaseDays").GetInt32() - 1;
        }

        return repeats;
    }

    // pymc-marketing's fixture is made with rounded parameters (.243, 4.414, .793, 2.426; .5534, 10.5802, .6061, 11.6562) and times in
    // hundredths of weeks: against the fitted ones and whole days its figures move by up to three in a thousand; those of Pareto/NBD, which
    // is drawn towards other stores, by up to one in a hundred.
    private static async Task ExpectationsAreThePublishedOnesAsync(RunningClv clv, Dictionary<int, string> customers)
    {
        var lines = File.ReadAllLines(SharedData.Find("fixtures/pymc_25_customers.csv"));
        var columns = lines[0].Split(',');
        foreach (var fields in lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')))
        {
            double Published(string column) => double.Parse(fields[Array.IndexOf(columns, column)], CultureInfo.InvariantCulture);

            // Rows are counted from 0, the sample's customers from 1.
            var customer = customers[(int)Published("row_index") + 1];
            foreach (var (model, prefix) in ((string, string)[])[("pareto-nbd", "pareto"), ("bg-nbd", "bg")])
            {
                foreach (var weeks in (int[])[1, 3, 6])
                {
                    var predicted = (await clv.ClvAsync(customer, $"?asOf={CalibrationEnd}&horizon={weeks}w&model={model}")).GetProperty(
                        "predicted");
                    var (orders, alive) = (Published($"{prefix}_cet_{weeks}"), Published($"{prefix}_alive"));
                    var tolerance = model == "bg-nbd" ? 3e-3 : 1e-2;
                    Assert.Equal(orders, predicted.GetProperty("expectedPurchaseDays").GetDouble(), tolerance * orders);
                    Assert.Equal(alive, predicted.GetProperty("probabilityAlive").GetDouble(), tolerance * alive);
                }
            }
        }
    }

    private static void Same(JsonElement model, params (string Name, double Published, double Tolerance)[] parameters) =>
        Assert.All(
            parameters, p => Assert.Equal(p.Published, model.GetProperty("parameters").GetProperty(p.Name).GetDouble(), p.Tolerance));

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
