namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>
/// What is known of one contract that comes up for renewal once a period. The first period is paid for at the start: the first decision is
/// at its end.
/// </summary>
/// <param name="Renewals">How often it was renewed, at least 0.</param>
/// <param name="Ended">
/// Whether the next decision was not to renew, so that it ended at T = renewals + 1; else it runs on (right-censored).
/// </param>
public readonly record struct ContractHistory(int Renewals, bool Ended)
{
    /// <summary>Decisions made, of which all but the one that ended the contract were renewals.</summary>
    public int Decisions => Renewals + (Ended ? 1 : 0);
}
