namespace ClvOrleans.Storage.Conformance.Access;

/// <summary><see cref="ClvOrleans.Storage.Access.IKeyRing"/>: what one silo keeps, all read, and nothing replaces it.</summary>
public class KeyRingTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Keys_are_read_in_the_order_of_their_names_after_a_restart_too()
    {
        Assert.Empty(await Store.KeyRing.ReadAsync());
        await Store.KeyRing.AddAsync("key-b", "<key id=\"b\">❤</key>");
        await Store.KeyRing.AddAsync("key-a", "<key id=\"a\" />");
        await ReopenAsync();
        Assert.Equal(["<key id=\"a\" />", "<key id=\"b\">❤</key>"], await Store.KeyRing.ReadAsync());
    }

    [Fact]
    public async Task Of_two_keys_of_one_name_the_first_stays()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.KeyRing.AddAsync("key", $"{i}")));
        var first = Assert.Single(await Store.KeyRing.ReadAsync());
        await Store.KeyRing.AddAsync("key", "another");
        Assert.Equal([first], await Store.KeyRing.ReadAsync());
    }
}
