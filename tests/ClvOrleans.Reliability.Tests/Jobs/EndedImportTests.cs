using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Jobs;

/// <summary>A service that ends while it imports an uploaded file.</summary>
public sealed class EndedImportTests
{
    private const int Orders = 30_000;
    private const int Customers = 50;

    // One that is asked to end hands the import over.
    public static TheoryData<bool, int> Ends => new(Sizes.Of<(bool, int)[]>([(true, 1)], [(true, 1), (false, 0)]));

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task The_next_start_finishes_the_import_by_itself_and_records_every_line_once(bool isKilled, int losses)
    {
        var folder = Service.NewFolder();
        var file = Encoding.UTF8.GetBytes("customer_id,order_id,timestamp,total\n" + string.Concat(Enumerable.Range(0, Orders).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"c{i % Customers},{i},2025-{1 + (i % 12):00}-{1 + (i % 28):00},10.50\n"))));
        await using (var first = await Service.ServeAsync(folder))
        {
            var begun = await BeginAsync(first, file);
            Assert.Equal("import-1", begun.GetProperty("id").GetString());
            await UntilAsync(first.Client, job => job.TryGetProperty("lines", out var lines) && lines.GetInt64() > 0);
            if (isKilled)
            {
                await first.KillAsync();
            }
            else
            {
                Assert.Equal(0, await first.TerminateAsync());
            }
        }

        await using var second = await Service.ServeAsync(folder);
        var ended = await UntilAsync(second.Client, job => job.GetProperty("endedAt").ValueKind != JsonValueKind.Null);
        Assert.Equal(("Succeeded", losses), (ended.GetProperty("state").GetString(), ended.GetProperty("losses").GetInt32()));
        var result = ended.GetProperty("result");
        var (events, known) = (result.GetProperty("events").GetInt32(), result.GetProperty("duplicates").GetInt32());
        Assert.Equal((Orders + 1, Orders), (result.GetProperty("lines").GetInt32(), events + known));
        Assert.InRange(known, 1, Orders - 1);
        for (var i = 0; i < Customers; i++)
        {
            var historic = await second.Client.HistoricAsync($"c{i}");
            Assert.Equal((Orders / Customers, Orders / Customers * 10.50m), (historic.Orders, historic.Net));
        }

        Assert.Equal(0, await second.TerminateAsync());
    }

    private static async Task<JsonElement> BeginAsync(Service service, byte[] file)
    {
        using var http = OwnerKey.Client(service.Address, service.Folder);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/imports") { Content = new ByteArrayContent(file) };
        request.Headers.Add("Prefer", "respond-async");
        using var answer = await http.SendAsync(request);
        Assert.Equal((202, "/api/v1/jobs/import-1"), ((int)answer.StatusCode, answer.Headers.Location?.ToString()));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<JsonElement> UntilAsync(Client client, Func<JsonElement, bool> isReached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var answer = await client.GetAsync("api/v1/jobs/import-1");
            Assert.True(answer.Status == 200, answer.ToString());
            if (isReached(answer.Json))
            {
                return answer.Json;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
