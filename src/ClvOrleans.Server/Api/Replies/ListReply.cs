using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A list of customers that people or other systems keep.</summary>
/// <param name="List">Its name, as rules ask for it: 'NAME' in lists.</param>
/// <param name="Customers">
/// How many customers and visitors are on it; with smallestGroup rounded down to a multiple of that, with noise null.
/// </param>
internal sealed record ListReply(string List, long? Customers)
{
    public static ListReply Of(string list, long customers, StoreSettings store) => new(
        list, store.Noise is not null ? null : SmallGroups.RoundDown(customers, store.SmallestGroup));
}
