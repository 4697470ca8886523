namespace ClvOrleans.Statistics.Discrete;

/// <summary>
/// The sufficient statistics of one customer who can buy, or give, at most once at each of several opportunities: a yearly appeal, a weekly
/// mailing, a conference (Fader, Hardie and Shang 2010). The transaction that made the customer one comes before the first opportunity and
/// is not counted.
/// </summary>
/// <param name="Transactions">x: number of opportunities that were taken, at least 0.</param>
/// <param name="LastTransaction">t_x: number of the last opportunity that was taken, from 1 to n; 0 where x = 0.</param>
/// <param name="Opportunities">n: number of opportunities so far, at least 0.</param>
public readonly record struct OpportunityHistory(int Transactions, int LastTransaction, int Opportunities)
{
    /// <summary>Whether 0 ≤ x ≤ t_x ≤ n, and t_x = 0 only where x = 0. A history that is not has likelihood 0.</summary>
    public bool IsPossible =>
        Transactions >= 0 && Transactions <= LastTransaction && LastTransaction <= Opportunities
        && (Transactions > 0 || LastTransaction == 0);
}
