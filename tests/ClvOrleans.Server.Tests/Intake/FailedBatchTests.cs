using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>A customer whose journal cannot be read is no reason to lose, or to hold up, anybody else's events.</summary>
public sealed class FailedBatchTests : IAsyncLifetime
{
    private readonly string _folder = ClvProcess.NewFolder();
    private RunningClv _clv = null!;

    public async ValueTask InitializeAsync()
    {
        await using (var before = await ClvInProcess.ServeAsync(_folder))
        {
            await before.SendAsync(Order("broken", "b0", 1));
            Assert.Equal(0, await before.StopAsync());
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "clv.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE events SET payload = x'00' WHERE customer = 'c:broken'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        _clv = await ClvInProcess.ServeAsync(_folder);
    }

    public ValueTask DisposeAsync() => _clv.DisposeAsync();

    [Fact]
    public async Task A_batch_with_a_broken_customer_is_answered_with_every_verdict_and_asks_to_be_sent_again()
    {
        object[] batch =
        [
            Order("broken", "b1", 10), Order("good", "g1", 30), new { type = "nonsense", userId = "good" },
            new { type = "track", @event = "Order Refunded", userId = "good", messageId = "refund", properties = new
            {
                order_id = "g1",
                amount = 12,
            } },
        ];
        var (status, retryAfter, reply) = await PostAsync(batch);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (status, retryAfter));
        Assert.Equal((false, 2, 0), (reply.GetProperty("success").GetBoolean(), Number(reply, "accepted"), Number(reply, "duplicates")));
        var failed = Assert.Single(reply.GetProperty("failed").EnumerateArray().ToArray());
        Assert.Equal(
            (0, "b1", "failed"),
            (Number(failed, "index"), failed.GetProperty("messageId").GetString(), failed.GetProperty("code").GetString()));
        Assert.Equal(2, Number(Assert.Single(reply.GetProperty("quarantined").EnumerateArray().ToArray()), "index"));
        Assert.Equal(18, (await _clv.ClvAsync("good")).GetProperty("historic").GetProperty("net").GetDecimal());

        (status, _, reply) = await PostAsync(batch);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 0, 2), (status, Number(reply, "accepted"), Number(reply, "duplicates")));
        Assert.Equal(18, (await _clv.ClvAsync("good")).GetProperty("historic").GetProperty("net").GetDecimal());

        (status, retryAfter, reply) = await PostAsync(batch[1..]);
        Assert.Equal((HttpStatusCode.OK, null, true), (status, retryAfter, reply.GetProperty("success").GetBoolean()));
    }

    [Fact]
    public async Task An_import_accounts_for_the_lines_that_failed()
    {
        var file = Path.Combine(_folder, "orders.csv");
        await File.WriteAllTextAsync(file, "customer_id,order_id,timestamp,total\nbroken,i1,2025-01-02,5\nfine,i2,2025-01-02,7\n");
        var (exit, output, error) = await ClvInProcess.RunAsync("import", file, "--format", "orders", "--data", _folder, "--json");

        Assert.True(output.Length > 0, $"{exit}: {error}");
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal((1, 1), (Number(result, "events"), Number(result.GetProperty("refused"), "failed")));
        Assert.Equal(7, (await _clv.ClvAsync("fine")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task Every_former_id_of_a_chain_of_aliases_is_answered_with_the_customer()
    {
        await _clv.SendAsync(Order("k0", "k0", 5));
        for (var i = 1; i <= 20; i++)
        {
            await _clv.SendAsync(new { type = "alias", userId = $"k{i}", previousId = $"k{i - 1}", messageId = $"alias{i}" });
        }

        for (var i = 0; i <= 20; i++)
        {
            Assert.Equal("k20", (await _clv.ClvAsync($"k{i}")).GetProperty("customer").GetString());
        }

        var reply = await _clv.SendAsync(Order("k0", "late", 7), Order("innocent", "innocent", 9));
        Assert.Equal(2, Number(reply, "accepted"));
        Assert.Equal(12, (await _clv.ClvAsync("k3")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    private static object Order(string customer, string order, decimal revenue) => new
    {
        type = "track",
        @event = "Order Completed",
        userId = customer,
        messageId = order,
        properties = new { order_id = order, revenue },
    };

    private static int Number(JsonElement reply, string name) => reply.GetProperty(name).GetInt32();

    private async Task<(HttpStatusCode Status, string? RetryAfter, JsonElement Body)> PostAsync(object[] batch)
    {
        using var reply = await _clv.Http.PostAsJsonAsync("v1/batch", new { batch, writeKey = "WK" });
        return (reply.StatusCode, reply.Headers.RetryAfter?.ToString(), await reply.Content.ReadFromJsonAsync<JsonElement>());
    }
}
