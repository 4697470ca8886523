namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>
/// A store of eight customers with a hundred orders of 1 and a hundred views each, whose service has ended; copied for each test.
/// </summary>
public sealed class PreparedStore : IAsyncLifetime
{
    internal const int EachOrders = 100;
    private readonly string _folder = Service.NewFolder();

    internal static IReadOnlyList<string> Customers { get; } = [.. Enumerable.Range(0, 8).Select(i => $"s{i}")];

    internal static int Orders => Customers.Count * EachOrders;

    public async ValueTask InitializeAsync()
    {
        await using var service = await Service.ServeAsync(_folder);
        await FillAsync(service.Client);
        Assert.Equal(0, await service.TerminateAsync());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    /// <summary>A copy of the folder.</summary>
    internal string Copy() => Copy(_folder);

    internal static string Copy(string folder)
    {
        var copy = Service.NewFolder();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    internal static async Task FillAsync(Client client)
    {
        foreach (var customer in Customers)
        {
            await client.AcknowledgedAsync(Enumerable.Range(0, EachOrders).SelectMany(i => (object[])
                [Track.Order(customer, $"{customer}-{i}", 1), Track.View(customer, $"{customer}-view-{i}")]));
        }
    }

    /// <summary>Orders of each customer, as the service says.</summary>
    internal static async Task<IReadOnlyList<int>> OrdersAsync(Client client)
    {
        var orders = new List<int>();
        foreach (var customer in Customers)
        {
            orders.Add((await client.HistoricAsync(customer)).Orders);
        }

        return orders;
    }
}
