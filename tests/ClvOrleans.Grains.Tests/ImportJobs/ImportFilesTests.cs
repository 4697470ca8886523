using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.ImportJobs;

/// <summary>Uploaded files in the store.</summary>
public sealed class ImportFilesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_file_is_read_as_it_was_written_until_it_is_deleted_and_is_its_stores_own()
    {
        var path = Path.Combine(TemporaryFolder.New(), "clv.db");
        await using var store = SqliteStore.Open(new SqliteOptions { Path = path });
        await using var ports = new ServiceCollection().AddSqliteStorage(store).BuildServiceProvider();
        var files = ports.GetRequiredService<IImportFiles>();
        var (shop, other, cancellation) = (new StoreId("shop"), new StoreId("other"), TestContext.Current.CancellationToken);
        await files.PutAsync(shop, "a", 0, new byte[] { 1, 2 }, Noon, cancellation);
        await files.PutAsync(shop, "a", 1, new byte[] { 3 }, Noon.AddHours(1), cancellation);
        await files.PutAsync(shop, "a", 1, new byte[] { 4 }, Noon.AddHours(2), cancellation);
        await files.PutAsync(shop, "b", 0, new byte[IImportFiles.MostOfChunk], Noon, cancellation);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => files.PutAsync(shop, "b", 1, new byte[IImportFiles.MostOfChunk + 1], Noon, cancellation));

        Assert.Equal([1, 2], await files.ReadAsync(shop, "a", 0, cancellation));
        Assert.Equal([4], await files.ReadAsync(shop, "a", 1, cancellation));
        Assert.Null(await files.ReadAsync(shop, "a", 2, cancellation));
        Assert.Null(await files.ReadAsync(other, "a", 0, cancellation));
        Assert.Equal(["b"], await files.ListAsync(shop, Noon.AddHours(2), cancellation));
        Assert.Equal(["a", "b"], await files.ListAsync(shop, Noon.AddHours(2).AddSeconds(1), cancellation));
        Assert.Empty(await files.ListAsync(other, Noon.AddDays(1), cancellation));

        await files.DeleteAsync(other, "a", cancellation);
        await files.DeleteAsync(shop, "b", cancellation);
        Assert.Equal(["a"], await files.ListAsync(shop, Noon.AddDays(1), cancellation));
        await files.DeleteAsync(shop, "a", cancellation);
        Assert.Null(await files.ReadAsync(shop, "a", 0, cancellation));
    }
}
