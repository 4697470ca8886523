using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Conformance;

/// <summary>A storage engine under test: the only thing that an engine gives the suite.</summary>
public interface IStorageEngine
{
    /// <summary>Opens a store, or creates it where the place holds none.</summary>
    /// <param name="place">
    /// Lower-case letters and digits; no two tests use the same. Opening a place again finds what was committed there.
    /// </param>
    /// <param name="quota">How many dead letters the store keeps.</param>
    Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota);

    /// <summary>Removes what a place holds, where it takes room. Its store is closed.</summary>
    Task RemoveAsync(string place) => Task.CompletedTask;
}
