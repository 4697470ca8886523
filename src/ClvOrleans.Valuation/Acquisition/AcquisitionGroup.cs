namespace ClvOrleans.Valuation.Acquisition;

/// <summary>What the next customer of a group is expected to be worth, in minor units of the store's currency.</summary>
/// <param name="Name">The channel or product; null for customers of whom it is not known.</param>
/// <param name="Customers">How many customers it rests on.</param>
/// <param name="Value">Expected value: the first purchase, and those that follow within the horizon, discounted.</param>
/// <param name="Lower">Lower end of the central 80 % interval of that expectation.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="FirstPurchase">Expected value of the first purchase.</param>
/// <param name="RepeatPurchases">Expected further purchases within the horizon.</param>
/// <param name="SpendPerRepeat">Expected value of each of them.</param>
public sealed record AcquisitionGroup(
    string? Name,
    int Customers,
    double Value,
    double Lower,
    double Upper,
    double FirstPurchase,
    double RepeatPurchases,
    double SpendPerRepeat);
