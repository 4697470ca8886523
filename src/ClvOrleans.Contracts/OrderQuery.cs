using ClvOrleans.Model.Customers;

namespace ClvOrleans.Contracts;

/// <summary>An order event on its way: a completion claims the order for its customer, others only ask for its owner.</summary>
[Immutable, GenerateSerializer, Alias("clv.orderquery")]
public sealed record OrderQuery([property: Id(0)] string OrderId, [property: Id(1)] CustomerId Sender, [property: Id(2)] bool Claims);
