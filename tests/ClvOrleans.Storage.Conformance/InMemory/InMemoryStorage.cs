namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>What a place holds. A change that throws leaves it as it was.</summary>
internal sealed class InMemoryStorage(string location)
{
    private readonly Lock _lock = new();
    private InMemoryState _state = new();
    private bool _isGone;

    public string Location => location;

    public void TakeAway() => _isGone = true;

    public T Read<T>(Func<InMemoryState, T> read) => read(Current());

    public Task<T> ReadAsync<T>(Func<InMemoryState, T> read)
    {
        try
        {
            return Task.FromResult(Read(read));
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    public Task<T> ChangeAsync<T>(Func<InMemoryState, (InMemoryState State, T Result)> change)
    {
        try
        {
            lock (_lock)
            {
                (_state, var result) = change(Current());
                return Task.FromResult(result);
            }
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    public Task ChangeAsync(Func<InMemoryState, InMemoryState> change) => ChangeAsync(state => (change(state), true));

    private InMemoryState Current() => _isGone ? throw new StorageUnavailableException($"{location} is gone.") : _state;
}
