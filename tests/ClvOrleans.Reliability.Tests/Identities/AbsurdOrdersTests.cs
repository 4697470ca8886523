namespace ClvOrleans.Reliability.Tests.Identities;

/// <summary>What anyone may send who has read the public write key off a page.</summary>
public sealed class AbsurdOrdersTests
{
    private const decimal Ceiling = 1_000_000_000;

    [Fact]
    public async Task Orders_beyond_the_ceiling_are_refused_and_reports_answers_and_trainings_go_on()
    {
        var orders = Sizes.Of(2_000, 20_000);
        var folder = Service.NewFolder();
        await using (var service = await Service.ServeAsync(folder))
        {
            await service.Client.AcknowledgedAsync(Track.Order("normal", "n1", 50));
            for (var rich = 0; rich < 3; rich++)
            {
                var absurd = Enumerable.Range(0, orders)
                    .Select(i => Track.Order($"rich{rich}", $"{rich}-{i}", 1_000_000_000_000, $"2025-{1 + (i % 9):00}-01T00:00:00Z"));
                var answer = await service.Client.AcknowledgedAsync(absurd);
                Assert.Equal(Enumerable.Repeat("invalid_money", orders), answer.Refused);
            }

            await GoesOnAsync(service.Client);
            await service.KillAsync();
        }

        await using var again = await Service.ServeAsync(folder);
        await GoesOnAsync(again.Client);
    }

    [Fact]
    public async Task The_greatest_orders_that_are_accepted_add_up_to_the_cent_and_harm_nobody_in_the_same_batch()
    {
        var orders = Sizes.Of(2_000, 20_000);
        await using var service = await Service.ServeAsync(Service.NewFolder());
        for (var sent = 0; sent < orders; sent += 2_000)
        {
            await service.Client.AcknowledgedAsync(Enumerable.Range(sent, 2_000).Select(i => Track.Order("rich", $"r{i}", Ceiling)));
        }

        for (var i = 0; i < 3; i++)
        {
            var answer = await service.Client.AcknowledgedAsync(
                Track.Order("rich", $"last{i}", Ceiling), Track.Order("good", $"g{i}", 10), Track.Refund("good", $"g{i}", 4));
            Assert.Equal((3, 0), (answer.Accepted, answer.Refused.Length));
        }

        Assert.Equal(18m, (await service.Client.HistoricAsync("good")).Net);
        Assert.Equal((orders + 3) * Ceiling, (await service.Client.HistoricAsync("rich")).Net);
        var report = await service.Client.ReportAsync();
        Assert.Equal(((orders + 3) * Ceiling) + 18, report.GetProperty("total").GetProperty("historicValue").GetDecimal());
    }

    private static async Task GoesOnAsync(Client client)
    {
        Assert.Equal(50m, (await client.HistoricAsync("normal")).Net);
        Assert.Equal(50m, (await client.ReportAsync()).GetProperty("total").GetProperty("historicValue").GetDecimal());
        Assert.Equal(200, (await client.GetAsync("api/v1/customers")).Status);
    }
}
