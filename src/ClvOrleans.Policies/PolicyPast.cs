using System.Collections.Immutable;

namespace ClvOrleans.Policies;

/// <summary>What a policy has decided for a customer so far, under all identities that are the customer now.</summary>
/// <param name="Entries">How often they have entered it: occasions that acted, were held out or wait.</param>
/// <param name="LastEntry">When they entered last; null where never.</param>
/// <param name="Actions">When it acted, the latest last: at most the last <see cref="CustomerCap.Most"/>, failed deliveries left
/// out.</param>
/// <param name="IsPending">Whether an earlier occasion is under way.</param>
/// <param name="IsHeldOut">Whether they were held out of it before: that stays, also where identities become one.</param>
public sealed record PolicyPast(
    int Entries, DateTimeOffset? LastEntry, ImmutableArray<DateTimeOffset> Actions, bool IsPending, bool IsHeldOut)
{
    /// <summary>
    /// Whether any policy held them out as one of the control group since its last draw: that stays until the next one, also where
    /// identities become one.
    /// </summary>
    public bool IsInControl { get; init; }

    /// <summary>No decision yet.</summary>
    public static PolicyPast None { get; } = new(0, null, [], IsPending: false, IsHeldOut: false);
}
