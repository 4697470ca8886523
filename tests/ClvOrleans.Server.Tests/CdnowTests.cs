using System.Text.Json;

namespace ClvOrleans.Server.Tests;

/// <summary>CDNOW through the commands: imported, trained, asked.</summary>
public sealed class CdnowTests
{
    [Fact]
    public async Task Imported_and_trained_it_gives_the_published_figures()
    {
        var (folder, file) = (ClvProcess.NewFolder(), SharedData.Find("cdnow/CDNOW_sample.txt"));
        var import = await ClvProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        Assert.Equal(6_919, Read(import).GetProperty("events").GetInt32());
        var again = await ClvProcess.RunAsync("import", file, "--format", "cdnow", "--data", folder, "--json");
        Assert.Equal((0, 6_919), (Read(again).GetProperty("events").GetInt32(), Read(again).GetProperty("duplicates").GetInt32()));

        var train = await ClvProcess.RunAsync("train", "--until", "1997-09-30", "--data", folder, "--json");
        var likelihoods = Read(train).GetProperty("models").EnumerateArray()
            .ToDictionary(m => m.GetProperty("family").GetString()!, m => m.GetProperty("logLikelihood").GetDouble());
        Assert.Equal(-9582.4292, likelihoods["bg-nbd"], 1e-3); // CLVTools, test_correctness_bgnbd
        Assert.Equal(-9594.9762, likelihoods["pareto-nbd"], 1e-3); // CLVTools, test_correctness_pnbd

        // x = 2, t_x = 30.43, T = 38.86: 1.226 purchases in 39 weeks (Fader, Hardie and Lee 2005; lifetimes, test_estimation).
        await using var clv = await ClvProcess.ServeAsync(folder);
        var value = await clv.ClvAsync("00004", "?horizon=39w&asOf=1997-09-30&model=bg-nbd");
        Assert.Equal(1.226, value.GetProperty("predicted").GetProperty("expectedOrders").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task A_wrong_file_and_a_wrong_command_are_told_apart()
    {
        var missing = await ClvProcess.RunAsync("import", "nowhere.csv", "--format", "orders", "--data", ClvProcess.NewFolder());
        var unknown = await ClvProcess.RunAsync("impart");
        Assert.Equal((1, 2), (missing.ExitCode, unknown.ExitCode));
        Assert.Contains("nowhere.csv", missing.Error, StringComparison.Ordinal);
    }

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
