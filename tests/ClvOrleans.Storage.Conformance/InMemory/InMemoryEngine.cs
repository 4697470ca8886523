using System.Collections.Concurrent;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>
/// The contract in its shortest form: immutable state, one transaction after the other. It runs the suite like any engine, and is the model
/// that random operations on other engines are compared with.
/// </summary>
public sealed class InMemoryEngine : IStorageEngine
{
    private static readonly ConcurrentDictionary<string, InMemoryStorage> Places = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota) =>
        Task.FromResult<IOpenStore>(new InMemoryStore(Places.GetOrAdd(place, name => new InMemoryStorage(name)), quota));
}
