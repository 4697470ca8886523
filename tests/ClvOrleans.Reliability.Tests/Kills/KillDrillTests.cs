using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>
/// Invariants 1, 2, 3 and 5 by the real executable, which ends again and again in every way while clients send: what it acknowledged is
/// there exactly once, and comes to what the set of events comes to.
/// </summary>
public sealed class KillDrillTests(ITestOutputHelper output)
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Sizes.Seeds.Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_ends_the_service_acknowledged_events_are_there_once_and_every_figure_is_that_of_the_set(int seed)
    {
        var drill = new KillDrill(seed);
        for (var life = 0; life < Sizes.EndsOfASeed; life++)
        {
            output.WriteLine(await drill.LiveAsync(life));
        }

        Assert.Empty(drill.Senders.Wrong.Distinct());
        AreThereOnce(drill);

        await using var service = await Service.ServeAsync(drill.Folder);
        await drill.CompleteAsync(service.Client);
        await HasFiguresOfTheSetAsync(drill, service.Client);

        // Any event again changes nothing.
        await KillDrill.SendAgainAsync(service.Client, drill.Story.Told.Values);
        await HasFiguresOfTheSetAsync(drill, service.Client);
        Assert.Equal(0, await service.TerminateAsync());
        AreThereOnce(drill);
    }

    private static void AreThereOnce(KillDrill drill)
    {
        using var copy = new StoreCopy(drill.Folder);
        var messages = copy.Messages();
        Assert.Equal("ok", copy.Integrity());
        Assert.Equal([], drill.Senders.Acknowledged.Values.Where(e => !messages.ContainsKey(e.Id)).Select(e => e.Json));
        Assert.Equal([], messages.Where(m => m.Value != 1 && drill.Story.Told.ContainsKey(m.Key)));
        Assert.Empty(copy.Gaps());
    }

    private static async Task HasFiguresOfTheSetAsync(KillDrill drill, Client client)
    {
        var expected = Oracle.Fold([.. drill.Story.Told.Values]);
        var different = new List<string>();
        for (var person = 0; person < Story.Persons; person++)
        {
            if (expected.TryGetValue(person, out var figures))
            {
                var found = await FiguresOfService.ReadAsync(client, Story.User(person));
                different.AddRange(found == figures ? [] : (string[])[$"{Story.User(person)}: {found}, but the set comes to {figures}"]);
            }
        }

        Assert.Empty(different);
        var report = (await client.ReportAsync()).GetProperty("total");
        var listed = await FiguresOfService.ListAsync(client);
        Assert.Equal(
            drill.File.Figures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value.Orders, f.Value.Net)),
            listed.Where(l => l.Customer[0] == 'i').OrderBy(l => l.Customer, StringComparer.Ordinal)
                .Select(l => (l.Customer, l.Orders, l.Historic)));
        Assert.Equal(
            (listed.Count, listed.Sum(l => l.Orders), listed.Sum(l => l.Historic), listed.Sum(l => l.Predicted)),
            (report.GetProperty("customers").GetInt32(), report.GetProperty("orders").GetInt64(), report.GetProperty("historicValue")
                .GetDecimal(),
                report.GetProperty("predictedValue").GetDecimal()));
        Assert.Equal(
            expected.Values.Sum(f => (long)f.Orders) + drill.File.Lines, report.GetProperty("orders").GetInt64());
        Assert.Equal(
            (expected.Values.Sum(f => f.Net) / 100m) + drill.File.Figures.Values.Sum(f => f.Net),
            report.GetProperty("historicValue").GetDecimal());
    }
}
