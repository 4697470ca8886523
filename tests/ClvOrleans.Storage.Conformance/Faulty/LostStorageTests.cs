namespace ClvOrleans.Storage.Conformance.Faulty;

/// <summary>
/// Whatever is asked of whatever port, storage that cannot be used is one kind of exception, and its message says where it was.
/// </summary>
public class LostStorageTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Theory]
    [MemberData(nameof(PortCalls.All), MemberType = typeof(PortCalls))]
    public async Task Every_call_says_that_the_storage_is_gone(Type port, string method)
    {
        await Open.TakeAwayAsync();
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => PortCalls.CallAsync(Open.Services, port, method));
        Assert.Contains(Open.Location, error.Message, StringComparison.Ordinal);
    }
}
