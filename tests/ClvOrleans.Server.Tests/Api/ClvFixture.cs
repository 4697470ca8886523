using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>One running service for the tests of a class; each test uses customers of its own.</summary>
public class ClvFixture : IAsyncLifetime
{
    private readonly string _folder = ClvProcess.NewFolder();

    internal RunningClv Clv { get; private set; } = null!;

    /// <summary>store.json; null for the one of a new store.</summary>
    protected virtual string? Settings => null;

    public async ValueTask InitializeAsync()
    {
        if (Settings is { } settings)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "store.json"), settings);
        }

        Clv = await ClvInProcess.ServeAsync(_folder);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Clv.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await Clv.DisposeAsync();
        Clv = await ClvInProcess.ServeAsync(_folder);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
        return body;
    }

    /// <summary>The status, and the body that must be JSON; undefined where there is none.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(
            method, path)
        { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var reply = await Clv.Http.SendAsync(request);
        if ((int)reply.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        }

        return (reply.StatusCode, reply.StatusCode == HttpStatusCode.NoContent
            ? default
            : await reply.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Asserts that a request is refused with a status and a code; gives the message.</summary>
    public async Task<string> RefusedAsync(int status, string code, string path, HttpMethod? method = null, string? body = null)
    {
        var (actual, problem) = await SendAsync(method ?? HttpMethod.Get, path, body);
        Assert.Equal((status, code), ((int)actual, problem.GetProperty("code").GetString()));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem.GetProperty("message").GetString()!;
    }

    /// <summary>Asks for a job, and gives it when it has ended.</summary>
    public async Task<JsonElement> JobAsync(string path)
    {
        using var reply = await Clv.Http.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        var job = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/api/v1/jobs/{job.GetProperty("id").GetString()}", reply.Headers.Location!.ToString());
        while (job.GetProperty("state").GetString() == "Running")
        {
            await Pause.ShortAsync();
            job = await GetAsync(reply.Headers.Location.ToString());
        }

        return job;
    }

    internal static object Order(string customer, string order, decimal revenue, string? at = null) => new
    {
        type = "track",
        @event = "Order Completed",
        userId = customer,
        messageId = "order:" + order,
        timestamp = at,
        properties = new { order_id = order, revenue },
    };
}
