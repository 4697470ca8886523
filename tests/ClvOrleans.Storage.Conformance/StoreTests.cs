using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Conformance;

/// <summary>Opens a store of its own for each test.</summary>
/// <typeparam name="TEngine">The engine under test.</typeparam>
public class StoreTests<TEngine> : IAsyncLifetime
    where TEngine : IStorageEngine, new()
{
    private readonly TEngine _engine = new();
    private readonly string _place = Guid.NewGuid().ToString("N");
    private IOpenStore? _open;
    private Ports? _ports;

    /// <summary>The store most tests write to.</summary>
    protected static StoreId Shop => Sample.Shop;

    /// <summary>A second store in the same storage, which tests expect to be left alone.</summary>
    protected static StoreId Other { get; } = new("other");

    /// <summary>The open store.</summary>
    protected IOpenStore Open => _open!;

    /// <summary>Its ports.</summary>
    protected Ports Store => _ports!;

    /// <summary>Opens the store.</summary>
    public async ValueTask InitializeAsync() => await ReopenAsync(new DeadLetterOptions());

    /// <summary>Closes the store and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _engine.RemoveAsync(_place);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens it again: what was acknowledged is there.</summary>
    protected Task ReopenAsync() => ReopenAsync(new DeadLetterOptions());

    /// <summary>Closes the store and opens it again with a quota of dead letters.</summary>
    protected async Task ReopenAsync(DeadLetterOptions quota)
    {
        await CloseAsync();
        _open = await _engine.OpenAsync(_place, quota);
        _ports = new Ports(_open.Services);
    }

    private ValueTask CloseAsync() => _open?.DisposeAsync() ?? default;
}
