using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Watches;

/// <summary>What a watch noticed of a customer, kept in the transaction of the customer row that shows it: once for each change.</summary>
public sealed record Transition
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Who noticed.</summary>
    public required WatchSubject Subject { get; init; }

    /// <summary>Number of the definition by which it was noticed.</summary>
    public required long Revision { get; init; }

    /// <summary>What was noticed.</summary>
    public required TransitionKind Kind { get; init; }

    /// <summary>
    /// Which entry, move or event of this customer it is, from 1; leaving has the number of its entry. With customer, subject and kind it
    /// names the occasion. Where identities merge, their numbers add up.
    /// </summary>
    public required int Entry { get; init; }

    /// <summary>
    /// When the stay began that is entered or left; <see cref="At"/> for a move or an event. Earlier than <see cref="At"/> for an entry
    /// that goes on with the stay of an identity that was merged into this customer.
    /// </summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why the customer was looked at.</summary>
    public required WatchCause Cause { get; init; }

    /// <summary>The customer at that moment.</summary>
    public required TransitionFacts Facts { get; init; }

    /// <summary>Commit number, in the customer's shard, of the row that shows it; 0 before it is kept.</summary>
    [JsonIgnore]
    public long Commit { get; init; }

    /// <summary>Its place among the transitions of the commit, from 0.</summary>
    [JsonIgnore]
    public int Index { get; init; }

    /// <summary>
    /// Whether an entry goes on with the stay of an identity that was merged into this customer: it is nothing new to act on.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCarriedOver { get; init; }
}
