using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Server.Imports;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Tests.ImportJobs;

/// <summary>A silo that ends while it imports a file.</summary>
public sealed class LostImportTests : IAsyncLifetime
{
    private const int Orders = 6_000;
    private const int Early = 5_000;
    private readonly ImportCluster _cluster = new();
    private readonly StoreId _store = new("imported");

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _cluster.Files.Let();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_other_imports_the_file_and_every_line_is_recorded_once(bool isKilled)
    {
        var files = _cluster.Service<IImportFiles>(0);
        var text = Enumerable.Range(0, Orders).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"c{i % 20},{i},2025-{1 + (i % 12):00}-{1 + (i % 28):00},{1 + (i % 90)}.50\n")).ToArray();
        const string Head = "customer_id,order_id,timestamp,total\nguest,0,2025-01-01,1\n";
        var chunks = new[] { Head + string.Concat(text[..Early]), string.Concat(text[Early..]) }.Select(Encoding.UTF8.GetBytes).ToArray();
        for (var i = 0; i < chunks.Length; i++)
        {
            await files.PutAsync(_store, "orders", i, chunks[i], _cluster.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        var import = new ImportJob("orders", chunks.Length, chunks.Sum(c => (long)c.Length), new ImportOptions { Currency = "USD" }, true);
        var begun = (await _cluster.Service<StoreJobs>(0).BeginAsync(_store, JobKind.Import, "file", import, waits: true)).Job;
        await _cluster.Files.Held;
        await UntilSomeLinesAsync(begun.Id);
        await EndSiloOfJobsAsync(isKilled);

        var ended = await WatchUntilEndedAsync(begun.Id);
        Assert.Equal((JobState.Succeeded, Orders + 1), (ended.State, ended.Lines)); // All but the header.
        var result = ended.Result!.Value.Deserialize<ImportResult>(ImportMessage.Json)!;
        Assert.Equal((Orders + 2, Orders), (result.Lines, result.Events + result.Duplicates));
        Assert.Equal(new ImportLineCounts(result.Events, result.Duplicates, 1, 1), result.LineCounts);
        Assert.InRange(result.Duplicates, 1, Early);
        Assert.Equal(Orders, await CountEventsAsync());
        files = _cluster.Service<IImportFiles>(0);
        var refused = await files.ReadAsync(_store, import.RefusedFile, 0, TestContext.Current.CancellationToken);
        Assert.Equal(2, ImportMessage.Parse(Encoding.UTF8.GetString(refused!)).Refused!.Line);
        while (await files.ReadAsync(_store, import.File, 0, TestContext.Current.CancellationToken) is not null)
        {
            await Pause.ShortAsync(); // It is deleted once the end is kept.
        }
    }

    private async Task UntilSomeLinesAsync(string id)
    {
        while ((await _cluster.Service<StoreJobs>(0).FindAsync(_store, id))!.Lines is not > 0)
        {
            await Pause.ShortAsync();
        }
    }

    private async Task EndSiloOfJobsAsync(bool isKilled)
    {
        var jobs = _cluster.Grains.GetJobs(_store, JobLane.Imports);
        var address = (await _cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(jobs))!;
        var silo = _cluster.Silos.Single(s => s.SiloAddress.Equals(address));
        await (isKilled ? _cluster.Cluster.KillSiloAsync(silo) : _cluster.Cluster.StopSiloAsync(silo));
    }

    private async Task<JobRecord> WatchUntilEndedAsync(string id)
    {
        while (true)
        {
            await _cluster.Grains.GetJobs(_store, JobLane.Imports).WatchAsync()
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (await _cluster.Records.FindAsync(_store, id) is { IsOpen: false } ended)
            {
                return ended;
            }
        }
    }

    private async Task<long> CountEventsAsync()
    {
        await using var connection = _cluster.OpenJournal();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM events WHERE store = $store";
        command.Parameters.AddWithValue("$store", _store.Value);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
