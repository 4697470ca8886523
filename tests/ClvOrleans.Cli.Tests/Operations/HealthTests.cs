using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Testing;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>What supervisors are told of a silo whose database goes away and comes back.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Without_its_database_a_silo_is_alive_but_not_ready_and_says_why()
    {
        using var server = PostgresServer.Start();
        Assert.SkipUnless(server is not null, "PostgreSQL is not installed: apt-get install postgresql");
        await using var service = await ClvProcess.ServeAsync(
            ClvProcess.NewFolder(), "http://127.0.0.1:0", $"CLV_POSTGRES={server!.ConnectionStringFor("public")}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "health/ready"));

        server.Stop();
        await UntilReadyIsAsync(service, HttpStatusCode.ServiceUnavailable);
        using var reply = await service.Http.GetAsync("health/ready");
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith(
            $"PostgreSQL at 127.0.0.1:{server.Port}/postgres ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("5", Assert.Single(reply.Headers.GetValues("Retry-After")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "health/live"));

        server.Restart();
        await UntilReadyIsAsync(service, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Asked_to_stop_it_says_so_to_load_balancers_and_serves_on_until_they_have_turned_away()
    {
        await using var service = await ClvProcess.ServeAsync(ClvProcess.NewFolder(), "http://127.0.0.1:0", "Http__Drain=00:00:20");
        var stopped = service.StopAsync();
        await UntilReadyIsAsync(service, HttpStatusCode.ServiceUnavailable);
        Assert.False(stopped.IsCompleted);
        await service.SendAsync(Tracked.Order("anna", "o1", 10));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "health/live"));
        Assert.Equal(0, await stopped);
    }

    private static async Task UntilReadyIsAsync(ClvProcess service, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await StatusAsync(service, "health/ready") != status)
        {
            await Pause.ShortAsync(limit.Token);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(ClvProcess service, string path)
    {
        using var reply = await service.Http.GetAsync(path);
        return reply.StatusCode;
    }
}
