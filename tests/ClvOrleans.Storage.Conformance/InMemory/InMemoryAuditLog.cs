using System.Globalization;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryAuditLog(InMemoryStorage storage) : IAuditLog
{
    public Task AppendAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation = default) => storage.ChangeAsync(
        state => (state with
        {
            Audit = state.Audit.AddRange(entries.Select((e, i) => e with
            {
                Id = state.Audit.Count + i + 1,
                Customers = [.. e.Customers.Select(Pseudonym)],
            })),
        }, true));

    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        AuditQuery query, long before, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<AuditEntry>>(state =>
        [
            .. state.Audit.Where(e => e.Store == query.Store && e.Id < before && !(e.At < query.Since)
                    && (query.Caller is null || e.Caller == query.Caller) && (query.Action is null || e.Action == query.Action)
                    && (query.Customer is null || e.Customers.Contains(Pseudonym(query.Customer))))
                .Reverse().Take(limit),
        ]);

    private static string Pseudonym(string customer) =>
        string.GetHashCode(customer, StringComparison.Ordinal).ToString("x8", CultureInfo.InvariantCulture);
}
