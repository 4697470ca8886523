using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>Orders that a customer would place have been placed by others: an order has one owner.</summary>
public sealed class OrdersTakenException : Exception
{
    /// <summary>With a default message.</summary>
    public OrdersTakenException()
        : base("Another customer has placed the order.")
    {
    }

    /// <summary>With a message.</summary>
    public OrdersTakenException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public OrdersTakenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the owners of the orders.</summary>
    public OrdersTakenException(ImmutableDictionary<string, CustomerId> owners)
        : this() => Owners = owners;

    /// <summary>The owners by order.</summary>
    public ImmutableDictionary<string, CustomerId> Owners { get; } = ImmutableDictionary<string, CustomerId>.Empty;
}
