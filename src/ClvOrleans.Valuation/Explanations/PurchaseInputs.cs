namespace ClvOrleans.Valuation.Explanations;

/// <summary>
/// What the closed forms read of a customer, as inputs that can be exchanged one by one: every mixture of two customers is a possible one.
/// Hence the days between the first and the last purchase and the days since, and not the age, which cannot be less than the silence.
/// </summary>
/// <param name="Repeats">Days with repeat purchases.</param>
/// <param name="Span">Days from the first to the last purchase; without repeat purchases the customer has been silent for them too.</param>
/// <param name="Silence">Days since the last purchase.</param>
/// <param name="PaidRepeats">Repeat purchases of some value.</param>
/// <param name="MeanSpend">Their mean value in minor units.</param>
/// <param name="HasMarketSoFar">Whether past days count as the market made them count.</param>
/// <param name="HasMarketAhead">Whether days to come do.</param>
internal readonly record struct PurchaseInputs(
    int Repeats, int Span, int Silence, int PaidRepeats, double MeanSpend, bool HasMarketSoFar, bool HasMarketAhead);
