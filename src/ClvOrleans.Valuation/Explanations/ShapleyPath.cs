using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>
/// Explains a closed form by what changes from a new customer to this one. The new customer makes the first purchase today, spends the
/// store's mean on a purchase (that of their own first purchase where the model knows none) and lives in a market in which nothing
/// happens. What such a one is worth is what the model expects of anybody of whom no more is known. Horizon and discount are the same for
/// both.
/// </summary>
/// <param name="worth">The value of inputs in minor units.</param>
/// <param name="usualSpend">What a purchase is expected to be worth as long as no repeat purchase was paid for.</param>
/// <param name="isOwnSpend">Whether that is the value of the customer's own first purchase.</param>
/// <param name="followsMarket">Whether the model reads the market.</param>
/// <param name="store">The store.</param>
/// <param name="horizon">How far the value looks ahead.</param>
internal sealed class ShapleyPath(
    Func<PurchaseInputs, double> worth, double usualSpend, bool isOwnSpend, bool followsMarket, StoreSettings store, Horizon horizon)
{
    private const string Method = "shapley";
    private const string Meaning = "a new customer on the day of the first purchase, with the store's usual spend, in an ordinary market";

    /// <summary>The explanation of a customer.</summary>
    /// <param name="customer">The customer's inputs; null before the first purchase.</param>
    /// <param name="effectiveSoFar">Days since the first purchase as the market made them count.</param>
    /// <param name="effectiveAhead">Days of the horizon as the market makes them count.</param>
    public Explanation Explain(PurchaseInputs? customer, double effectiveSoFar, double effectiveAhead)
    {
        var baseline = Money.Rounded(worth(default));
        if (customer is not { } all)
        {
            var none = new ModelInput("purchaseDays", 0, 1, InputUnit.Number, "nothing bought yet, so that nothing is predicted");
            return Explanation.Of(Method, Money.Zero, baseline, Meaning, [none], [-(double)baseline.Minor]);
        }

        var inputs = Inputs(all, effectiveSoFar, effectiveAhead);
        var shares = ShapleyValues.Of(inputs.Count, set => worth(Mixed(all, set)));
        return Explanation.Of(Method, Money.Rounded(worth(all)), baseline, Meaning, inputs, shares);
    }

    private static PurchaseInputs Mixed(PurchaseInputs all, int set)
    {
        var spend = Has(3) ? all : default;
        return new PurchaseInputs(
            Has(0) ? all.Repeats : 0, Has(1) ? all.Span : 0, Has(2) ? all.Silence : 0, spend.PaidRepeats, spend.MeanSpend,
            Has(4) && all.HasMarketSoFar, Has(5) && all.HasMarketAhead);

        bool Has(int input) => (set & (1 << input)) != 0;
    }

    private List<ModelInput> Inputs(PurchaseInputs all, double effectiveSoFar, double effectiveAhead)
    {
        var (age, usual) = (all.Span + all.Silence, Phrases.Amount(usualSpend, store.Currency));
        var (mean, where) = (Phrases.Amount(all.MeanSpend, store.Currency), isOwnSpend ? "was the first" : "is usual");
        List<ModelInput> inputs =
        [
            new("purchaseDays", all.Repeats + 1, 1, InputUnit.Number, all.Repeats == 0
                ? "one day with purchases, as new customers have"
                : $"{Phrases.Count(all.Repeats + 1, "day")} with purchases instead of one"),
            new("daysFromFirstToLastOrder", all.Span, 0, InputUnit.Days, all.Span == 0
                ? "all purchases on one day"
                : $"the purchases spread over {Phrases.Count(all.Span, "day")}"),
            new("daysSinceLastOrder", all.Silence, 0, InputUnit.Days, all.Silence == 0
                ? "bought today"
                : $"nothing bought for {Phrases.Count(all.Silence, "day")}"),
            new("meanRepeatSpend", all.PaidRepeats == 0 ? null : all.MeanSpend, usualSpend, InputUnit.Money, all.PaidRepeats == 0
                ? $"no paid repeat purchase yet, so that {usual} is expected of one"
                : $"{mean} spent on a repeat purchase, where {usual} {where}"),
        ];
        if (followsMarket)
        {
            var (past, next) =
                ($"the {Phrases.Count(age, "day")} since the first purchase", $"the next {Phrases.Count(horizon.Days, "day")}");
            inputs.Add(new("marketSoFar", effectiveSoFar, age, InputUnit.Days, Market(past, effectiveSoFar)));
            inputs.Add(new("marketAhead", effectiveAhead, horizon.Days, InputUnit.Days, Market(next, effectiveAhead)));
        }

        return inputs;
    }

    private static string Market(string days, double effective) =>
        FormattableString.Invariant($"promotions, seasons and competitors make {days} count as {effective:0.#}");
}
