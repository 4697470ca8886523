using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>What is decided at once: all of it is durable or nothing is.</summary>
public sealed record DecisionBatch
{
    /// <summary>The store.</summary>
    public required StoreId Store { get; init; }

    /// <summary>The shard that is followed, or the first of several.</summary>
    public required int Shard { get; init; }

    /// <summary>The number that <see cref="IDecisions.TakeAsync"/> gave.</summary>
    public required long Writer { get; init; }

    /// <summary>The commit number up to which transitions were decided before.</summary>
    public required long After { get; init; }

    /// <summary>The commit number up to which they are decided now, at least <see cref="After"/>.</summary>
    public required long UpTo { get; init; }

    /// <summary>Other shards of the store that are followed in the same transaction.</summary>
    public ImmutableArray<FollowedShard> Others { get; init; } = [];

    /// <summary>The decisions, each of a customer as of <see cref="DecisionFacts.Sequence"/>.</summary>
    public ImmutableArray<DecisionRecord> Decisions { get; init; } = [];

    /// <summary>Who is under way from now on, in place of what waited for the same customer and policy.</summary>
    public ImmutableArray<Enrollment> Enrolled { get; init; } = [];

    /// <summary>Who is under way no longer.</summary>
    public ImmutableArray<(CustomerId Customer, PolicyId Policy)> Ended { get; init; } = [];

    /// <summary>How the price of the budget moves.</summary>
    public BudgetPrice Price { get; init; }

    /// <summary>How many of the decisions a price could matter to.</summary>
    public int Candidates { get; init; }

    /// <summary>The store's day.</summary>
    public DateOnly Day { get; init; }
}
