namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>
/// Invariant 4 by two processes over one folder, whose lock someone has removed: as two silos would, both keep a grain of each customer.
/// </summary>
public sealed class TwoProcessesTests
{
    private const int Batch = 70;

    [Fact]
    public async Task Of_two_writers_one_wins_each_time_and_nothing_of_what_the_other_folded_survives()
    {
        var customers = Enumerable.Range(0, Sizes.Of(4, 40)).Select(n => $"f{n}").ToArray();
        var folder = Service.NewFolder();
        await using (var first = await Service.ServeAsync(folder))
        {
            File.Delete(Path.Combine(folder, "lock"));
            await using var second = await Service.ServeAsync(folder);
            foreach (var customer in customers)
            {
                foreach (var turn in (int[])[0, 1])
                {
                    await Task.WhenAll(SendAsync(first, customer, $"a{turn}"), SendAsync(second, customer, $"b{turn}"));
                }
            }

            // A grain learns of the other's last commit when it writes: until then only what is stored can be asked of both.
            await IsStoredAsync(first, folder, customers, 4 * Batch);
            await IsStoredAsync(second, folder, customers, 4 * Batch);
            await second.TerminateAsync();
            await first.TerminateAsync();
        }

        await using var alone = await Service.ServeAsync(folder);
        await AreWholeAsync(alone, folder, customers, 4 * Batch);
        await alone.Client.AcknowledgedAsync(customers.Select(c => Track.Order(c, $"{c}-late", 1)));
        await AreWholeAsync(alone, folder, customers, (4 * Batch) + 1);
    }

    // Until it is acknowledged, as clients do.
    private static async Task SendAsync(Service service, string customer, string tag)
    {
        object[] orders = [.. Enumerable.Range(0, Batch).Select(i => Track.Order(customer, $"{customer}-{tag}-{i}", 1))];
        for (var tries = 0; ; tries++)
        {
            var answer = await service.Client.SendAsync(orders);
            if (answer.Status == 200)
            {
                return;
            }

            Assert.True(answer.AsksToSendAgain && tries < 50, answer.ToString());
            await Task.Delay(20);
        }
    }

    private static async Task AreWholeAsync(Service service, string folder, string[] customers, int orders)
    {
        var live = new List<(string, int)>();
        foreach (var customer in customers)
        {
            live.Add((customer, (await service.Client.HistoricAsync(customer)).Orders));
        }

        Assert.Equal(customers.Select(c => (c, orders)), live);
        await IsStoredAsync(service, folder, customers, orders);
    }

    private static async Task IsStoredAsync(Service service, string folder, string[] customers, int orders)
    {
        var total = (await service.Client.ReportAsync()).GetProperty("total").GetProperty("orders").GetInt32();
        using var copy = new StoreCopy(folder);
        var found = new List<(string Customer, long Events, long Claims, long Row)>();
        foreach (var customer in customers)
        {
            found.Add((
                customer,
                copy.Count($"SELECT count(*) FROM events WHERE customer = 'c:{customer}'"),
                copy.Count($"SELECT count(*) FROM orders WHERE owner = 'c:{customer}'"),
                copy.Count($"SELECT orders FROM customers WHERE customer = 'c:{customer}'")));
        }

        Assert.Equal(customers.Select(c => (c, (long)orders, (long)orders, (long)orders)), found);
        Assert.Equal(customers.Length * orders, total);
    }
}
