using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>Scopes of writes that the journal shares with other ports; see <see cref="ISqlDatabase.WriteAsync"/>.</summary>
public static class SqlScope
{
    /// <summary>A customer: a commit of theirs, and a merge of them into another or of another into them, holds it.</summary>
    public static string Of(CustomerId customer) => $"c/{customer.Store}/{customer.ToText()}";

    /// <summary>An order: who claims it, and who holds an event for it.</summary>
    public static string OfOrder(StoreId store, string order) => $"o/{store}/{order}";
}
