using System.Text.Json.Serialization;

namespace ClvOrleans.Policies;

/// <summary>What a wait would show; see <see cref="Statistics.Lifetime.Waiting"/>.</summary>
/// <param name="Days">How long it is.</param>
/// <param name="BuysUnaided">The probability that the customer buys meanwhile, 0 to 1.</param>
/// <param name="AliveAfter">P(alive) at its end if there is no order, 0 to 1.</param>
/// <param name="Discount">What money after the wait is worth now, above 0 and at most 1.</param>
public sealed record WaitingFacts(int Days, double BuysUnaided, double AliveAfter, double Discount)
{
    /// <summary>
    /// Whether condition and audience still hold at its end if there is no order: where they do not, waiting gives the customer up. Null in
    /// decisions that were kept before it was asked.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Stays { get; init; }
}
