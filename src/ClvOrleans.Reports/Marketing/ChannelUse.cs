namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Winning customers by a channel: customers = known × (spend / known spend)^elasticity, each worth the margin of those won before.
/// </summary>
/// <param name="Name">The channel.</param>
/// <param name="Basis">What elasticity and value rest on.</param>
/// <param name="Spend">What was spent in the time of the budget, above 0.</param>
/// <param name="Customers">Customers who came for it.</param>
/// <param name="Value">Margin of one, above 0.</param>
/// <param name="Elasticity">Above 0 and below 1.</param>
public sealed record ChannelUse(string Name, string Basis, double Spend, double Customers, double Value, double Elasticity) : IBudgetUse
{
    /// <inheritdoc />
    public double AmountAt(double marginalReturn) => Customers * Value <= 0
        ? 0
        : Spend * Math.Pow(Elasticity * Customers * Value / (Spend * marginalReturn), 1 / (1 - Elasticity));

    /// <inheritdoc />
    public double ReturnOf(double amount) => Customers * Value * Math.Pow(amount / Spend, Elasticity);

    /// <inheritdoc />
    public double NextReturn(double amount) => amount > 0 ? Elasticity * ReturnOf(amount) / amount : 0;

    /// <inheritdoc />
    public double CustomersFor(double amount) => Customers * Math.Pow(amount / Spend, Elasticity);
}
