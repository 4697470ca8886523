namespace ClvOrleans.Statistics.Experiments;

/// <summary>A step of an <see cref="OfferPath"/>: a customer's first offer, or a dearer one instead of it.</summary>
/// <param name="Offer">What the customer gets from here on.</param>
/// <param name="ExtraCost">What that costs more than what they had before.</param>
/// <param name="ExtraGain">What it gains more.</param>
/// <param name="Spent">Cost of all steps so far.</param>
/// <param name="Gained">Gain of all steps so far.</param>
public readonly record struct OfferStep(Offer Offer, double ExtraCost, double ExtraGain, double Spent, double Gained)
{
    /// <summary>Gain for each unit of money. It falls along the path.</summary>
    public double Slope => ExtraGain / ExtraCost;
}
