using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary><c>clv fit</c> by the real executable: what it prints is what papers and other programs print.</summary>
public sealed class FitCommandTests
{
    // Table 1 of Fader and Hardie 2007: the "High End" customers, 1000 of them, over seven years.
    private static readonly int[] HighEnd = [1000, 869, 743, 653, 593, 551, 517, 491];

    [Fact]
    public async Task Bg_nbd_of_CDNOW_has_the_published_parameters_and_errors()
    {
        var fit = Read(await ClvInProcess.RunAsync(
            "fit", SharedData.Find("fixtures/cdnow_summary_quickstart.csv"), "--model", "bg-nbd", "--prior", "0", "--horizon", "39",
            "--json"));

        // lifetimes, docs/Quickstart.md, of the same file; Fader, Hardie and Lee 2005.
        Same(fit, ["r", "alpha", "a", "b"], [.2426, 4.4136, .7929, 2.4259], 2e-3);
        Same(fit, ["r", "alpha", "a", "b"], [.012557, .378221, .185719, .705345], 5e-3, "standardError");
        Assert.Equal("2,357 customers with 2,457 repeat purchases", fit.GetProperty("data").GetString());
        Assert.Equal(-9582.43, fit.GetProperty("logLikelihood").GetDouble(), .2);
        Assert.Equal(2_357, Of(fit.GetProperty("total"), "customers"));
        Assert.Equal(40, fit.GetProperty("expected").GetArrayLength());
    }

    [Fact]
    public async Task The_file_of_events_gives_the_same_to_those_who_paid()
    {
        var fit = Read(await ClvInProcess.RunAsync(
            "fit", SharedData.Find("cdnow/CDNOW_sample.txt"), "--format", "cdnow", "--model", "pareto-nbd", "--until", "1997-09-30",
            "--prior", "0", "--json"));

        // CLVTools, test_correctness_pnbd; the 8 customers without a paid purchase move the second digit of the last.
        Same(fit, ["r", "alpha", "s", "beta"], [.553, 10.58, .606, 11.67], .02);
        Assert.StartsWith("2,349 customers", fit.GetProperty("data").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bg_bb_of_the_donors_has_the_published_parameters_and_expects_the_published_donations()
    {
        var fit = Read(await ClvInProcess.RunAsync(
            "fit", SharedData.Find("fixtures/bgbb_donations.csv"), "--model", "bg-bb", "--prior", "0", "--horizon", "5", "--json"));
        Same(fit, ["alpha", "beta", "gamma", "delta"], [1.2035, .7497, .6568, 2.7838], 1e-3); // BTYD walkthrough
        Assert.Equal(-33225.58, fit.GetProperty("logLikelihood").GetDouble(), .005);
        var total = fit.GetProperty("total");
        Assert.Equal(12_884, Of(total, "expected") * Of(total, "customers"), .5); // Hardie's sheet has 12,884.2, BTYD 12,883.96
    }

    [Theory]
    [InlineData("sbg")]
    [InlineData("bdw")]
    public async Task Contracts_have_the_published_parameters_and_retention(string model)
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "alive.csv");
        await File.WriteAllLinesAsync(file, ["period,alive", .. HighEnd.Select((alive, period) => $"{period},{alive}")]);
        var fit = Read(await ClvInProcess.RunAsync("fit", file, "--model", model, "--prior", "0", "--horizon", "12", "--json"));
        if (model == "sbg")
        {
            Same(fit, ["alpha", "beta"], [.668, 3.806], 1e-3); // Fader and Hardie 2007
            Assert.Equal(-1611.158, fit.GetProperty("logLikelihood").GetDouble(), 1e-3);
        }
        else
        {
            Assert.True(fit.GetProperty("logLikelihood").GetDouble() > -1611.158);
        }

        // 491 run after seven renewals; after twelve .394 of them all did (the paper's table 1).
        Assert.Equal(491, Of(fit.GetProperty("total"), "customers"));
        Assert.Equal(.394, fit.GetProperty("survival")[12].GetProperty("value").GetDouble(), .02);
    }

    [Fact]
    public async Task People_see_tables_and_a_page_with_pictures_is_written()
    {
        var folder = ClvProcess.NewFolder();
        var (file, page) = (Path.Combine(folder, "alive.csv"), Path.Combine(folder, "fit.html"));
        await File.WriteAllLinesAsync(file, ["period,alive", .. HighEnd.Select((alive, period) => $"{period},{alive}")]);
        var (exit, output, error) = await ClvInProcess.RunAsync("fit", file, "--model", "sbg", "--amount", "100", "--report", page);
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("standard error", output, StringComparison.Ordinal);
        Assert.Contains("residual value", output, StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(page);
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("<svg ").Length - 1);
    }

    [Theory]
    [InlineData("frequency,recency,T\n1,2,3\n1,x,3", "bg-nbd", "Line 3, recency: 'x' is not a number.")]
    [InlineData("x,t_x,n\n1,1,6", "bg-bb", "fewer than 30 customers")]
    [InlineData("x,t_x\n1,1", "bg-bb", "The file has no column T or n or observed or opportunities.")]
    [InlineData("x,t_x,n\n1.5,1,6", "bg-bb", "Line 2, frequency: 1.5 is not a whole number from 0 on.")]
    [InlineData("period,alive\n0,100\n1,101", "sbg", "Cohort 0, period 1: 101 contracts cannot be alive.")]
    [InlineData("period,alive\n1,100\n2,90", "sbg", "Cohort 0 has no period 0")]
    [InlineData("renewals,ended\n1", "sbg", "Line 2 has 1 columns; the header has 2.")]
    public async Task What_is_wrong_with_a_file_is_named(string text, string model, string message)
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "wrong.csv");
        await File.WriteAllTextAsync(file, text);
        var (exit, output, error) = await ClvInProcess.RunAsync("fit", file, "--model", model);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Intervals_lie_around_the_estimates_by_three_methods()
    {
        var fit = Read(await ClvInProcess.RunAsync(
            "fit", SharedData.Find("fixtures/cdnow_summary_quickstart.csv"), "--model", "bg-nbd", "--prior", "0", "--intervals", ".95",
            "--resamples", "50", "--json"));
        Assert.Equal(.95, Of(fit, "intervalLevel"));
        var r = fit.GetProperty("parameters")[0];
        foreach (var method in new[] { "delta", "profile", "bootstrap" })
        {
            var interval = r.GetProperty("intervals").GetProperty(method);
            Assert.Equal(.2426 - (1.96 * .012557), Of(interval, "lower"), .008); // lifetimes' standard error either way
            Assert.Equal(.2426 + (1.96 * .012557), Of(interval, "upper"), .008);
        }
    }

    [Fact]
    public async Task Covariates_that_change_over_time_are_fitted_to_a_file_of_events()
    {
        var covariates = Path.Combine(ClvProcess.NewFolder(), "weeks.csv");
        await File.WriteAllTextAsync(covariates, "from,spring,summer\n1996-12-01,0,0\n1997-03-01,1,0\n1997-06-01,0,1\n1997-09-01,0,0\n");
        var file = SharedData.Find("cdnow/CDNOW_sample.txt");
        string[] common = ["fit", file, "--format", "cdnow", "--model", "pareto-nbd", "--until", "1997-09-30", "--json"];
        var (with, without) =
            (Read(await ClvInProcess.RunAsync([.. common, "--covariates", covariates])), Read(await ClvInProcess.RunAsync(common)));
        Assert.Equal(
            ["r", "alpha", "s", "beta", "purchases:spring", "purchases:summer", "dropout:spring", "dropout:summer"],
            with.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.True(Of(with, "logLikelihood") > Of(without, "logLikelihood"));
        Assert.Equal(2_349, Of(with.GetProperty("total"), "customers"));

        var (exit, _, error) = await ClvInProcess.RunAsync("fit", file, "--model", "bg-nbd", "--covariates", covariates);
        Assert.Equal(2, exit);
        Assert.Contains("--covariates: only pareto-nbd", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_model_is_wrong_usage()
    {
        var (exit, _, error) = await ClvInProcess.RunAsync("fit", "none.csv", "--model", "prophet");
        Assert.Equal(2, exit);
        Assert.Contains("--model: there is no model 'prophet'", error, StringComparison.Ordinal);
    }

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void Same(JsonElement fit, string[] names, double[] values, double tolerance, string member = "value")
    {
        var parameters = fit.GetProperty("parameters").EnumerateArray().ToList();
        Assert.Equal(names, parameters.Select(p => p.GetProperty("name").GetString()));
        Assert.All(parameters, (p, i) => Assert.InRange(Of(p, member) / values[i], 1 - tolerance, 1 + tolerance));
    }

    private static double Of(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
