namespace ClvOrleans.Storage.Audit;

/// <summary>Who did what. Entries are added and read; there is no way to change or remove one.</summary>
public interface IAuditLog
{
    /// <summary>Adds entries; durable on return. Ids of customers are kept as pseudonyms by a key of the store's own.</summary>
    Task AppendAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation = default);

    /// <summary>Entries with an id below <paramref name="before"/>, the latest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, long before, int limit, CancellationToken cancellation = default);
}
