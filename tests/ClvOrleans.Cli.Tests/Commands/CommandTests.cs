using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary>What the commands print, and how they end, by the real executable.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task A_service_is_asked_in_words_for_people_and_in_JSON_for_machines()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(Tracked.Order("anna", "1", 1_234.5m), Tracked.Order("ben", "2", 10m));

        var card = await SuccessAsync("customer", "anna", "--data", folder);
        Assert.All(
            ["anna", "USD 1,234.50", "in 1 order ", "80 % interval", "prior"],
            text => Assert.Contains(text, card, StringComparison.Ordinal));
        var segments = await SuccessAsync("--data", folder, "segments");
        Assert.Matches(@"All buyers\s+2\s+1,24[45]", segments);

        using var json = JsonDocument.Parse(await SuccessAsync(
            "--json", "--urls", clv.Http.BaseAddress!.ToString(), "--data", folder, "customer", "anna"));
        Assert.Equal(1_234.5m, json.RootElement.GetProperty("historic").GetProperty("net").GetDecimal());

        var why = await SuccessAsync("customer", "anna", "--why", "--data", folder);
        Assert.All(
            ["anna: why", "bought today", "Order 1 of 1,234.50: +", "it is the first purchase"],
            text => Assert.Contains(text, why, StringComparison.Ordinal));
        using var reasons = JsonDocument.Parse(
            await SuccessAsync("--json", "customer", "anna", "--why", "--horizon", "90d", "--data", folder));
        Assert.Equal(
            (90, "shapley"),
            (reasons.RootElement.GetProperty("horizonDays").GetInt32(), reasons.RootElement.GetProperty("method").GetString()));

        var nobody = await ClvInProcess.RunAsync("customer", "nobody", "--data", folder);
        Assert.Equal((1, "", "There is no customer 'nobody'."), (nobody.ExitCode, nobody.Output, nobody.Error.Trim()));

        // Of two customers little is known: the model is mostly that of other stores.
        Assert.Contains("pareto-nbd-1", await SuccessAsync("train", "--data", folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_added_switched_listed_and_stopped()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        Assert.Equal("Policy win-back, revision 1: Shadow.", (await SuccessAsync("policies", "add", "win-back", "--data", folder)).Trim());
        Assert.Equal("Policy win-back is live.", (await SuccessAsync("policies", "live", "win-back", "--data", folder)).Trim());
        Assert.Matches(@"win-back\s+Live\s+0\s+0", await SuccessAsync("policies", "--data", folder));
        Assert.Contains(
            "The log cannot tell", await SuccessAsync("policies", "evaluate", "win-back", "second-purchase", "--data", folder),
            StringComparison.Ordinal);
        await SuccessAsync("policies", "kill", "--data", folder);
        Assert.Contains("stopped by the kill switch", await SuccessAsync("policies", "--data", folder), StringComparison.Ordinal);
        Assert.Contains("There is no such decision.", await SuccessAsync("decisions", "--data", folder), StringComparison.Ordinal);
        var nothing = await ClvInProcess.RunAsync("policies", "add", "nothing", "--data", folder);
        Assert.Equal(1, nothing.ExitCode);
        Assert.StartsWith(
            "There is no file nothing and no ready-made policy of that name; there are personal-service,", nothing.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_or_an_address_in_use_is_told_in_a_sentence_and_a_service_ends_cleanly_when_asked()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);

        var sameFolder = await ClvInProcess.RunAsync("serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        var samePort = await ClvInProcess.RunAsync("serve", "--data", ClvProcess.NewFolder(), "--urls", clv.Http.BaseAddress!.ToString());

        Assert.Equal((1, ""), (sameFolder.ExitCode, sameFolder.Output));
        Assert.StartsWith(
            $"Another clv process has the folder {folder} and answers at {clv.Http.BaseAddress}", sameFolder.Error,
            StringComparison.Ordinal);
        Assert.Single(sameFolder.Error.Trim().Split('\n'));
        Assert.Equal((1, ""), (samePort.ExitCode, samePort.Output));
        Assert.StartsWith("The address http://127.0.0.1:", samePort.Error, StringComparison.Ordinal);
        Assert.Single(samePort.Error.Trim().Split('\n'));
        Assert.Equal(0, await clv.StopAsync());
    }

    [Fact]
    public async Task Wrong_usage_is_told_with_the_way_to_help()
    {
        foreach (var arguments in (string[][])[
            ["serve", "--currency", "XXZ"], ["serve", "--urls", "here"], [], ["impart"], ["customer"], ["serve", "--colour"]
        ])
        {
            var run = await ClvInProcess.RunAsync(arguments);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        }

        var help = await SuccessAsync("import", "--help");
        Assert.All(
            ["--format", "--map", "--currency", "--rejects", "--data", "[default: ./clv-data]"],
            text => Assert.Contains(text, help, StringComparison.Ordinal));
    }

    private static async Task<string> SuccessAsync(params string[] arguments)
    {
        var run = await ClvInProcess.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
