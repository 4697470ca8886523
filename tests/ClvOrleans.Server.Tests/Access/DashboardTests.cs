using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>Orleans' dashboard, by the real executable.</summary>
public sealed class DashboardTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    [Fact]
    public async Task An_admin_sees_silos_and_grains_by_a_page_that_runs_its_own_script_only()
    {
        using var admin = fixture.With((await fixture.MakeAsync("admin")).Key);
        using var page = await admin.GetAsync(new Uri(fixture.Address, "dashboard/"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("index.min.js", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.Equal(
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'; "
                + "style-src 'self' 'unsafe-inline'",
            page.Headers.GetValues("Content-Security-Policy").Single());

        // Silos are counted from time to time, the first time soon after the start.
        for (var waited = Stopwatch.StartNew(); await CountSilosAsync(admin) != 1; await Task.Delay(50))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "It shows no silo.");
        }
    }

    [Fact]
    public async Task It_does_not_show_the_log()
    {
        using var admin = fixture.With((await fixture.MakeAsync("admin")).Key);
        using var trace = await admin.GetAsync(new Uri(fixture.Address, "dashboard/Trace"));
        Assert.Equal(HttpStatusCode.NotFound, trace.StatusCode);
    }

    [Fact]
    public async Task Without_the_option_it_is_not_there()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        using var page = await clv.Http.GetAsync("dashboard/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private async Task<int> CountSilosAsync(HttpClient admin) =>
        (await admin.GetFromJsonAsync<JsonElement>(new Uri(fixture.Address, "dashboard/DashboardCounters")))
            .GetProperty("totalActiveHostCount").GetInt32();
}
