using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Access;

/// <summary>
/// Gathers what callers do, so that a read pays an addition for being kept: the same question of the same caller within a moment is one
/// entry with all of its customers. Reads are kept a second later at most; of anything else the answer waits until it is kept.
/// </summary>
internal sealed class AuditLedger(IAuditLog log, TimeProvider time) : IDisposable
{
    /// <summary>Most entries that wait; who would add another writes them first.</summary>
    public const int MostWaiting = 10_000;

    private const int MostCustomers = 1_000;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1);
    private Dictionary<Deed, Tally> _waiting = [];
    private List<AuditEntry> _full = [];

    /// <summary>Notes what was done.</summary>
    /// <returns>Whether so much waits that whoever did it has to write it.</returns>
    public bool Note(Deed deed, string? customer)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(deed, out var tally))
            {
                _waiting[deed] = tally = new Tally(time.GetUtcNow());
            }

            tally.Count++;
            if (customer is not null && tally.Customers.Add(customer) && tally.Customers.Count == MostCustomers)
            {
                _full.Add(tally.ToEntry(deed));
                _waiting.Remove(deed);
            }

            return _waiting.Count + _full.Count > MostWaiting;
        }
    }

    /// <summary>Writes what waits; durable on return. What cannot be written waits for the next time.</summary>
    /// <exception cref="StorageUnavailableException">The store cannot be written.</exception>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var taken = Take();
            if (taken.Count > 0)
            {
                await WriteAsync(taken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Writes what waits, if the store can be written.</summary>
    public async Task TryFlushAsync(CancellationToken cancellation = default)
    {
        try
        {
            await FlushAsync(cancellation);
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // Told by StorageWatch; what there is room for waits for the next time.
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task WriteAsync(List<AuditEntry> taken)
    {
        try
        {
            await log.AppendAsync(taken, CancellationToken.None);
        }
        catch
        {
            lock (_lock)
            {
                _full.AddRange(taken.Take(Math.Max(0, MostWaiting - _full.Count)));
            }

            throw;
        }
    }

    private List<AuditEntry> Take()
    {
        lock (_lock)
        {
            List<AuditEntry> taken = [.. _full, .. _waiting.Select(w => w.Value.ToEntry(w.Key))];
            (_waiting, _full) = ([], []);
            return taken;
        }
    }

    /// <summary>What is one entry: who did what to what, and how it was answered.</summary>
    internal readonly record struct Deed(
        StoreId Store, string Caller, string Name, AuditAction Action, string Operation, string Target, int Status);

    private sealed class Tally(DateTimeOffset since)
    {
        public long Count { get; set; }

        public HashSet<string> Customers { get; } = new(StringComparer.Ordinal);

        public AuditEntry ToEntry(Deed deed) => new()
        {
            Store = deed.Store,
            At = since,
            Caller = deed.Caller,
            Name = deed.Name,
            Action = deed.Action,
            Operation = deed.Operation,
            Target = deed.Target,
            Customers = [.. Customers],
            Count = Count,
            Status = deed.Status,
        };
    }
}
