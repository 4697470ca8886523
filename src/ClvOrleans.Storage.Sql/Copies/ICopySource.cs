namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>A store as of one moment, table by table.</summary>
public interface ICopySource : IAsyncDisposable
{
    /// <summary>What it is, for messages.</summary>
    string Name { get; }

    /// <summary>Which state of which store it is: the same text only for the same rows in the same order.</summary>
    string Id { get; }

    /// <summary>Its tables.</summary>
    IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>The rows of a table. A value is a whole number, a double, a text, bytes or null.</summary>
    IAsyncEnumerable<object?[]> ReadAsync(StoreTable table, CancellationToken cancellation = default);
}
