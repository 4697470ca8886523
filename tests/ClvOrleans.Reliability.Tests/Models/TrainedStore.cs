namespace ClvOrleans.Reliability.Tests.Models;

/// <summary>A store whose own data have trained its champion, an ensemble, and whose service has ended; copied for each test.</summary>
public sealed class TrainedStore : IAsyncLifetime
{
    private const int Customers = 300;
    private readonly string _folder = Service.NewFolder();

    /// <summary>The promoted model.</summary>
    internal string Champion { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await using (var service = await Service.ServeAsync(_folder))
        {
            await SendAsync(service.Client);
            await service.TerminateAsync();
        }

        var (status, _, error) = await Executable.RunAsync("train", "--data", _folder);
        Assert.True(status == 0, error);
        await using var trained = await Service.ServeAsync(_folder);
        Assert.Equal(200, (await trained.Client.PostAsync("api/v1/models/ensemble-1/promote", [])).Status); // It has a body to damage.
        Champion = await ModelAsync(trained.Client);
        await trained.TerminateAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    internal string Copy() => Storage.PreparedStore.Copy(_folder);

    /// <summary>The model that answers for a customer.</summary>
    internal static async Task<string> ModelAsync(Client client)
    {
        var answer = await client.GetAsync("api/v1/customers/u1/clv");
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Json.GetProperty("modelVersion").GetString()!;
    }

    /// <summary>Sends the data that carry a model.</summary>
    internal static async Task SendAsync(Client client)
    {
        var random = new Random(1);
        foreach (var batch in Enumerable.Range(0, Customers).SelectMany(c => OrdersOf(c, random)).Chunk(1_000))
        {
            await client.AcknowledgedAsync(batch);
        }
    }

    private static IEnumerable<object> OrdersOf(int customer, Random random)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-800).AddDays(random.NextDouble() * 230);
        for (var n = random.Next(1, 9); n > 0 && at < DateTimeOffset.UtcNow.AddDays(-1); n--)
        {
            yield return Track.Order($"u{customer}", $"{customer}-{n}", random.Next(10, 200), at.ToString("O"));
            at = at.AddDays(-46 * Math.Log(1 - random.NextDouble()));
        }
    }
}
