using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IImportFiles"/>: files in chunks, which any silo reads.</summary>
public class ImportFileTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_file_is_read_as_it_was_written_until_it_is_deleted_and_is_its_stores_own()
    {
        await PutAsync("a", 0, [1, 2], Sample.Time);
        await PutAsync("a", 1, [3], Sample.Time.AddHours(1));
        await PutAsync("a", 1, [4], Sample.Time.AddHours(2));
        await PutAsync("b", 0, new byte[IImportFiles.MostOfChunk], Sample.Time);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PutAsync("b", 1, new byte[IImportFiles.MostOfChunk + 1], Sample.Time));

        await ReopenAsync();
        Assert.Equal([1, 2], await Store.Files.ReadAsync(Shop, "a", 0));
        Assert.Equal([4], await Store.Files.ReadAsync(Shop, "a", 1));
        Assert.Null(await Store.Files.ReadAsync(Shop, "a", 2));
        Assert.Null(await Store.Files.ReadAsync(Other, "a", 0));
        Assert.Equal(["b"], await Store.Files.ListAsync(Shop, Sample.Time.AddHours(2)));
        Assert.Equal(["a", "b"], await Store.Files.ListAsync(Shop, Sample.Time.AddHours(2).AddSeconds(1)));
        Assert.Empty(await Store.Files.ListAsync(Other, Sample.Time.AddDays(1)));

        await Store.Files.DeleteAsync(Other, "a");
        await Store.Files.DeleteAsync(Shop, "b");
        await ReopenAsync();
        Assert.Equal(["a"], await Store.Files.ListAsync(Shop, Sample.Time.AddDays(1)));
        await Store.Files.DeleteAsync(Shop, "a");
        Assert.Null(await Store.Files.ReadAsync(Shop, "a", 0));
    }

    private Task PutAsync(string file, int number, byte[] bytes, DateTimeOffset at) => Store.Files.PutAsync(Shop, file, number, bytes, at);
}
