using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Policies;

/// <summary>What is collected for one batch.</summary>
internal sealed class DecisionRound(StoreSpending read)
{
    private readonly List<DecisionRecord> _records = [];
    private int _candidates;

    public BatchSpending Spending { get; } = new(read);

    /// <summary>Who has been decided for: at most once in a batch.</summary>
    public HashSet<CustomerId> Customers { get; } = [];

    public List<Enrollment> Enrolled { get; } = [];

    public List<(CustomerId Customer, PolicyId Policy)> Ended { get; } = [];

    public void Add(CustomerId customer, CustomerDecisions decided)
    {
        _records.AddRange(decided.Records);
        Enrolled.AddRange(decided.Enrolled);
        Ended.AddRange(decided.Ended.Select(p => (customer, p)));
        _candidates += decided.Candidates;
    }

    /// <summary>A batch of nothing, for no shard.</summary>
    public static DecisionBatch Nothing { get; } = new() { Store = default, Shard = 0, Writer = 0, After = 0, UpTo = 0 };

    public DecisionBatch ToBatch() => Nothing with
    {
        Decisions = [.. _records],
        Enrolled = [.. Enrolled],
        Ended = [.. Ended],
        Candidates = _candidates,
    };
}
