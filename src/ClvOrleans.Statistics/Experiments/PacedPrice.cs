namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The price of a budget while customers come one by one and nobody knows who will come: dual descent on the pace of spending (Balseiro and
/// Gur 2019, "Learning in Repeated Auctions with Budgets", Management Science 65(9); Balseiro, Lu and Mirrokni 2023). Spending above the
/// pace raises the price, spending below lowers it. It steers; it is no cap: hold the budget itself elsewhere.
/// </summary>
/// <param name="Price">λ: what a unit of money must gain, at least 0.</param>
/// <param name="Pace">
/// Money to be spent on each customer who comes, on average: what is left over how many are still to come; above 0.
/// </param>
/// <param name="Step">How far the price moves for each unit of money off the pace, above 0.</param>
public readonly record struct PacedPrice(double Price, double Pace, double Step)
{
    /// <summary>What an offer is worth at this price: gain - λ cost. Of a customer's offers the best is made, if it is above 0.</summary>
    public double Score(Offer offer) => offer.Gain - (Price * offer.Cost);

    /// <summary>The price after a customer.</summary>
    /// <param name="spent">What was spent on the customer, 0 where no offer was made.</param>
    public PacedPrice After(double spent) => this with { Price = Math.Max(0, Price + (Step * (spent - Pace))) };
}
