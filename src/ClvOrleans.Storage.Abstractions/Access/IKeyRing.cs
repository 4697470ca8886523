namespace ClvOrleans.Storage.Access;

/// <summary>
/// Keys by which silos protect what they give a browser for a moment, so that each reads what another gave. Of the installation, not of a
/// store; made by the library that uses them, and kept as it writes them.
/// </summary>
public interface IKeyRing
{
    /// <summary>All keys, in the order of their names.</summary>
    Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation = default);

    /// <summary>Keeps a key; durable on return. One of its name that is kept already stays.</summary>
    Task AddAsync(string name, string key, CancellationToken cancellation = default);
}
