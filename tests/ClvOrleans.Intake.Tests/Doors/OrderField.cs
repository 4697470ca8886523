namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>A field that every door has for an order, whatever it calls it.</summary>
internal enum OrderField
{
    Order,
    Customer,
    Amount,
    Quantity,
    Time,
    Currency,
}
