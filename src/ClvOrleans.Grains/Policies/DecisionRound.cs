using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Policies;

/// <summary>What is collected for one batch, of one shard or of several: what holds for all of them is read once.</summary>
/// <param name="store">The store.</param>
/// <param name="now">When it is decided.</param>
/// <param name="read">Reads what has been spent.</param>
internal sealed class DecisionRound(StoreSettings store, DateTimeOffset now, Func<DateOnly, Task<StoreSpending>> read)
{
    private readonly List<DecisionRecord> _records = [];
    private BatchSpending? _spending;
    private int _candidates;

    public StoreSettings Store => store;

    /// <summary>The policies as of the last shard that was looked at.</summary>
    public StorePolicies Policies { get; set; } = StorePolicies.None;

    public DateTimeOffset Now => now;

    public DateOnly Day { get; } = store.DayOf(now);

    /// <summary>How many decisions there are.</summary>
    public int Count => _records.Count;

    /// <summary>Who has been decided for: at most once in a batch.</summary>
    public HashSet<CustomerId> Customers { get; } = [];

    public List<Enrollment> Enrolled { get; } = [];

    public List<(CustomerId Customer, PolicyId Policy)> Ended { get; } = [];

    public async ValueTask<BatchSpending> SpendingAsync() => _spending ??= new BatchSpending(await read(Day));

    public void Add(CustomerId customer, CustomerDecisions decided)
    {
        _records.AddRange(decided.Records);
        Enrolled.AddRange(decided.Enrolled);
        Ended.AddRange(decided.Ended.Select(p => (customer, p)));
        _candidates += decided.Candidates;
    }

    /// <summary>The batch of the shards that were looked at.</summary>
    public DecisionBatch ToBatch(IReadOnlyList<DecisionPart> parts)
    {
        var first = parts[0].Followed;
        return new DecisionBatch
        {
            Store = store.Id,
            Shard = first.Shard,
            Writer = first.Writer,
            After = first.After,
            UpTo = first.UpTo,
            Others = [.. parts.Skip(1).Select(p => p.Followed)],
            Decisions = [.. _records],
            Enrolled = [.. Enrolled],
            Ended = [.. Ended],
            Price = _spending?.Pace(Policies, Day) ?? default,
            Candidates = _candidates,
            Day = Day,
        };
    }
}
