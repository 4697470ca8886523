using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Testing;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>Signing in where a load balancer takes each request to another silo.</summary>
public sealed class ProviderClusterTests
{
    [Fact]
    public async Task What_one_silo_began_another_ends_and_no_silo_accepts_a_session_that_is_over()
    {
        var database = TestServer.ConnectionStringFor("provider");
        await TestServer.RunAsync(TestServer.ConnectionStringFor("public"), "CREATE SCHEMA provider");
        var (first, second) = (OidcProvider.FreeAddress(), OidcProvider.FreeAddress());
        using var provider = await OidcProvider.StartAsync(first);
        await provider.HasRolesAsync("anna", "owners");

        // At once, so that each may make keys before it sees those of the other.
        string[] environment = [.. provider.Options, $"CLV_POSTGRES={database}"];
        Task<RunningClv>[] starts = [ServeAsync(first, environment), ServeAsync(second, environment)];
        try
        {
            var silos = await Task.WhenAll(starts);
            foreach (var (begins, ends) in ((Uri, Uri)[])[(first, second), (second, first)])
            {
                using var browser = new Browser(first);
                var answer = await browser.AskProviderAsync("anna", silo: begins);
                Assert.Equal("/", await browser.AnswerAsync(answer, ends));
                foreach (var silo in (Uri[])[first, second])
                {
                    Assert.Equal(200, (await browser.ReadAsync("api/v1/keys", silo)).Status);
                }

                await EndAsync(silos[0].Http, begins == first, database);
                foreach (var silo in (Uri[])[first, second])
                {
                    Assert.Equal(401, (await browser.ReadAsync("api/v1/keys", silo)).Status);
                }
            }
        }
        finally
        {
            foreach (var start in starts.Where(s => s.IsCompletedSuccessfully))
            {
                await (await start).DisposeAsync();
            }
        }
    }

    private static async Task<RunningClv> ServeAsync(Uri address, string[] environment)
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), """{ "writeKeys": { "WK": "web" } }""");
        return await ClvInProcess.ServeWithAsync(environment, folder, address.ToString());
    }

    // By an admin at one silo, or by time: what a silo has read of it is good for 100 ms.
    private static async Task EndAsync(HttpClient admin, bool byAdmin, string database)
    {
        if (byAdmin)
        {
            var sessions = await admin.GetFromJsonAsync<JsonElement>("api/v1/sessions");
            var id = sessions.GetProperty("keys").EnumerateArray().Last().GetProperty("id").GetString();
            using var ended = await admin.DeleteAsync($"api/v1/sessions/{id}");
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }
        else
        {
            await TestServer.RunAsync(database, "UPDATE credentials SET expires_at = created_at + 1 WHERE kind = 2");
            await Task.Delay(ClvOrleans.Server.Access.CredentialCache.Lease * 2);
        }
    }
}
