using System.ComponentModel;
using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>The alerts of <c>deploy/prometheus</c>, tried by Prometheus' own tool over series that are written down beside them.</summary>
public sealed class AlertTests
{
    private static readonly string Cases = "alerts.test.yml";

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_not_otherwise()
    {
        var (status, output) = await PromtoolAsync("test", "rules", Path.Combine(Queries.Folder, Cases));
        Assert.True(status == 0, output);
        (status, output) = await PromtoolAsync("check", "rules", Path.Combine(Queries.Folder, "alerts.yml"));
        Assert.True(status == 0, output);
    }

    [Fact]
    public void For_each_alert_a_case_is_written_in_which_it_fires_and_one_in_which_it_does_not()
    {
        var cases = ((YamlSequenceNode)Queries.Read(Cases)["tests"]).SelectMany(t => (YamlSequenceNode)t["alert_rule_test"])
            .Select(c => (YamlMappingNode)c).ToLookup(c => c.Children.ContainsKey("exp_alerts"), c => Queries.Text(c["alertname"]));
        string[] alerts = [.. Queries.Alerts.Select(a => a.Name).Order()];
        Assert.Equal(alerts, cases[true].Distinct().Order());
        Assert.Equal(alerts, cases[false].Distinct().Order());
    }

    private static async Task<(int Status, string Output)> PromtoolAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip("promtool is not installed: apt-get install prometheus");
            throw;
        }
    }
}
