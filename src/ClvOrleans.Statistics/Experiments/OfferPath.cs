using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The order in which money is best spent on offers, at most one for a customer: the multiple-choice knapsack problem, whose fractional
/// optimum takes the steps of the customers' upper hulls by falling slope (Sinha and Zoltners 1979, Operations Research 27). One price for
/// the budget decides: an offer is made if its gain exceeds its cost at that price, the same rule for every customer and every policy.
/// </summary>
public sealed class OfferPath
{
    private readonly ImmutableArray<Offer[]> _customers;

    private OfferPath(ImmutableArray<Offer[]> customers, ImmutableArray<OfferStep> steps) => (_customers, Steps) = (customers, steps);

    /// <summary>The steps, best first. Offers that are never best at any price are not in it, nor those without a gain.</summary>
    public ImmutableArray<OfferStep> Steps { get; }

    /// <summary>The path of these offers.</summary>
    /// <param name="offers">The offers, in any order.</param>
    /// <exception cref="ArgumentException">A cost is not positive and finite, or a gain is not finite.</exception>
    public static OfferPath Of(IEnumerable<Offer> offers)
    {
        var customers = offers.GroupBy(o => Checked(o).Customer, StringComparer.Ordinal)
            .Select(g => g.OrderBy(o => o.Cost).ThenByDescending(o => o.Gain).ToArray())
            .ToImmutableArray();
        var (spent, gained) = (0.0, 0.0);
        var steps = ImmutableArray.CreateBuilder<OfferStep>();
        foreach (var step in customers.SelectMany(Hull)
            .OrderByDescending(s => s.Slope).ThenBy(s => s.Offer.Customer, StringComparer.Ordinal))
        {
            (spent, gained) = (spent + step.ExtraCost, gained + step.ExtraGain);
            steps.Add(step with { Spent = spent, Gained = gained });
        }

        return new OfferPath(customers, steps.ToImmutable());
    }

    /// <summary>λ at a budget: the slope of the first step that it does not buy in full; 0 where it buys all.</summary>
    /// <param name="budget">The budget, at least 0.</param>
    public double PriceAt(double budget) => Steps.FirstOrDefault(s => s.Spent > budget) is { ExtraCost: > 0 } next ? next.Slope : 0;

    /// <summary>The most that a budget could gain if a fraction of a step could be made; an upper bound of every choice.</summary>
    /// <param name="budget">The budget, at least 0.</param>
    public double BoundAt(double budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        foreach (var step in Steps.Where(s => s.Spent > budget))
        {
            return step.Gained - (step.Slope * (step.Spent - budget));
        }

        return Steps.Length == 0 ? 0 : Steps[^1].Gained;
    }

    /// <summary>
    /// The best whole offers within a budget, exactly: over customer after customer only the choices are kept that could still beat the
    /// best known, by the bound at the budget's price. For lists that a person plans with; for customers as they come see
    /// <see cref="PacedPrice"/>.
    /// </summary>
    /// <param name="budget">The budget, at least 0.</param>
    public OfferBudget Best(double budget)
    {
        var (price, bound) = (PriceAt(budget), BoundAt(budget));
        var best = OfferSearch.Best(_customers, budget, price);
        return new OfferBudget([.. best], best.Sum(o => o.Cost), best.Sum(o => o.Gain), bound, price);
    }

    private static Offer Checked(Offer offer) => offer.Cost > 0 && double.IsFinite(offer.Cost) && double.IsFinite(offer.Gain)
        ? offer
        : throw new ArgumentException(
            $"An offer for '{offer.Customer}' costs {offer.Cost} and gains {offer.Gain}; a cost is above 0, and both are finite.");

    // The upper hull of a customer's offers over cost, from nothing.
    private static List<OfferStep> Hull(Offer[] offers)
    {
        var hull = new List<OfferStep>();
        foreach (var offer in offers)
        {
            var step = From(hull.Count);
            while (hull.Count > 0 && step.ExtraGain > 0 && (step.ExtraCost <= 0 || step.Slope >= hull[^1].Slope))
            {
                hull.RemoveAt(hull.Count - 1);
                step = From(hull.Count);
            }

            if (step.ExtraGain > 0 && step.ExtraCost > 0)
            {
                hull.Add(step);
            }

            OfferStep From(int length)
            {
                var before = length == 0 ? default : hull[length - 1].Offer;
                return new OfferStep(offer, offer.Cost - before.Cost, offer.Gain - before.Gain, 0, 0);
            }
        }

        return hull;
    }
}
