namespace ClvOrleans.Grains.Tests.Sales;

/// <summary>
/// Splits a budget a small unit at a time, each to the use whose next unit returns most: slow, and plainly right where each further unit
/// returns less.
/// </summary>
internal static class NaiveBudget
{
    private const double Step = .25;

    /// <summary>What each channel and segment gets.</summary>
    /// <param name="channels">Of each, what was spent in the time of the budget, who came for it and what one is worth.</param>
    /// <param name="atRisk">Of each segment, the margin at risk of its customers.</param>
    /// <param name="budget">The amount.</param>
    /// <param name="saved">Share of it that a contact saves; a contact costs one.</param>
    public static Dictionary<string, (double Amount, double Returned)> Split(
        IReadOnlyDictionary<string, (double Spend, double Customers, double Value)> channels,
        IReadOnlyDictionary<string, double[]> atRisk, double budget, double saved)
    {
        var given = channels.Keys.Concat(atRisk.Keys).ToDictionary(name => name, _ => (Amount: 0.0, Returned: 0.0));
        for (var left = budget; left > Step / 2;)
        {
            var (name, cost, more) = channels
                .Select(c => (c.Key, Step, OfChannel(c.Value, given[c.Key].Amount + Step) - given[c.Key].Returned))
                .Concat(atRisk.Where(s => given[s.Key].Amount < s.Value.Length).Select(
                    s => (s.Key, 1.0, s.Value.OrderDescending().ElementAt((int)given[s.Key].Amount) * saved)))
                .Where(u => u.Item2 <= left).DefaultIfEmpty().MaxBy(u => u.Item3 / u.Item2);
            if (name is null || more < cost)
            {
                break;
            }

            given[name] = (given[name].Amount + cost, given[name].Returned + more);
            left -= cost;
        }

        return given;
    }

    // With the elasticity of one half that is assumed, four times the spend wins twice the customers.
    private static double OfChannel((double Spend, double Customers, double Value) channel, double amount) =>
        channel.Customers * channel.Value * Math.Sqrt(amount / channel.Spend);
}
