namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The exact choice of whole offers. States are sums of cost and gain that no other one beats in both; those are dropped whose gain, with
/// what the customers to come can add at the price and the money that is left, does not exceed the best state known.
/// </summary>
internal static class OfferSearch
{
    private const double Rounding = 1e-12;

    public static List<Offer> Best(IReadOnlyList<Offer[]> customers, double budget, double price)
    {
        // What the customers from i on can add at most, at this price.
        var rest = new double[customers.Count + 1];
        for (var i = customers.Count - 1; i >= 0; i--)
        {
            rest[i] = rest[i + 1] + Math.Max(0, customers[i].Max(o => o.Gain - (price * o.Cost)));
        }

        var best = Greedy(customers, budget, price);
        var states = new List<State> { new(0, 0, null, default) };
        for (var i = 0; i < customers.Count; i++)
        {
            var all = new List<State>(states);
            foreach (var state in states)
            {
                all.AddRange(customers[i]
                    .Where(o => o.Gain > 0 && state.Cost + o.Cost <= budget)
                    .Select(o => new State(state.Cost + o.Cost, state.Gain + o.Gain, state, o)));
            }

            states = [];
            var most = double.NegativeInfinity;
            foreach (var state in all.OrderBy(s => s.Cost).ThenByDescending(s => s.Gain))
            {
                if (state.Gain <= most)
                {
                    continue;
                }

                most = state.Gain;
                best = state.Gain > best.Gain ? state : best;
                if (state.Gain + rest[i + 1] + (price * (budget - state.Cost)) > best.Gain - (Rounding * Math.Abs(best.Gain)))
                {
                    states.Add(state);
                }
            }
        }

        return best.Offers();
    }

    // Every customer's best offer at the price, as long as the money lasts.
    private static State Greedy(IReadOnlyList<Offer[]> customers, double budget, double price)
    {
        var state = new State(0, 0, null, default);
        foreach (var offers in customers)
        {
            var offer = offers.MaxBy(o => o.Gain - (price * o.Cost));
            if (offer.Gain - (price * offer.Cost) > 0 && state.Cost + offer.Cost <= budget)
            {
                state = new State(state.Cost + offer.Cost, state.Gain + offer.Gain, state, offer);
            }
        }

        return state;
    }

    private sealed record State(double Cost, double Gain, State? Before, Offer Offer)
    {
        public List<Offer> Offers()
        {
            var offers = new List<Offer>();
            for (var state = this; state.Before is not null; state = state.Before)
            {
                offers.Add(state.Offer);
            }

            offers.Reverse();
            return offers;
        }
    }
}
