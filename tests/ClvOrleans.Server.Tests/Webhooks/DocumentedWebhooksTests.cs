using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClvOrleans.Server.Tests.Webhooks;

/// <summary>What docs/webhooks.md says to paste is pasted, signatures included.</summary>
public sealed partial class DocumentedWebhooksTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.Root(), "docs", "webhooks.md"));

    [Fact]
    public async Task Every_call_of_the_page_counts_with_the_settings_of_the_page()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), Assert.Single(Blocks("json store.json")));
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var calls = Blocks("bash webhook");
        Assert.Equal(3, calls.Count);
        foreach (var call in calls)
        {
            await PasteAsync(
                call.Replace("http://127.0.0.1:5080", clv.Http.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal));
        }

        foreach (var customer in (string[])["hana@example.com", "ida@example.com", "jo@example.com"])
        {
            Assert.Equal(25m, (await clv.ClvAsync(customer)).GetProperty("historic").GetProperty("net").GetDecimal());
        }

        using var sources = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/sources"));
        Assert.Equal(3, sources.RootElement.GetProperty("sources").EnumerateArray().Count(s => s.GetProperty("accepted").GetInt32() == 1));
    }

    private static async Task PasteAsync(string script)
    {
        using var bash =
            Process.Start(
                new ProcessStartInfo(
                    "bash", ["-c", "command -v curl openssl > /dev/null || exit 99\n" + script])
                { RedirectStandardError = true })!;
        var error = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.SkipWhen(bash.ExitCode == 99, "curl or openssl is not there.");
        Assert.True(bash.ExitCode == 0, error);
    }

    private static List<string> Blocks(string language) =>
        [.. Fence().Matches(Page).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["text"].Value)];

    [GeneratedRegex(@"^```(?<language>[^\n]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
