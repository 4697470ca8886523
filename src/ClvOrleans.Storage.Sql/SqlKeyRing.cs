using ClvOrleans.Storage.Access;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IKeyRing" />
public sealed class SqlKeyRing(ISqlDatabase database) : IKeyRing
{
    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation = default) =>
        database.ReadAsync("SELECT content FROM key_ring ORDER BY name", row => row.GetString(0));

    /// <inheritdoc />
    public Task AddAsync(string name, string key, CancellationToken cancellation = default) => database.WriteAsync(
        "key-ring",
        async session => await session.RunAsync(
            "INSERT INTO key_ring (name, content) VALUES ($name, $content) ON CONFLICT DO NOTHING", ("$name", name), ("$content", key)));
}
