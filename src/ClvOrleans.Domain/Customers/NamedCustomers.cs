using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>Whom a shop means by an id: in a store with pseudonyms, whoever has the id's pseudonym.</summary>
public static class NamedCustomers
{
    /// <summary>The id under which the store keeps a person.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The shop's id, or the pseudonym.</param>
    public static string KeptId(this StoreSettings store, string id) => store.Pseudonyms?.OfId(id) ?? id;

    /// <summary>The customer of a user id, exactly as it is written.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The shop's id, or the pseudonym.</param>
    public static CustomerId UserOf(this StoreSettings store, string id) => CustomerId.OfUser(store.Id, store.KeptId(id));

    /// <summary>The visitor of an anonymous id.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The shop's id, or the pseudonym.</param>
    public static CustomerId VisitorOf(this StoreSettings store, string id) => CustomerId.OfVisitor(store.Id, store.KeptId(id));

    /// <summary>
    /// Who an id may be, in the order in which they are looked for: a user, of an e-mail address in any case, or a visitor.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The shop's id, or the pseudonym.</param>
    public static IEnumerable<CustomerId> Named(this StoreSettings store, string id)
    {
        var user = store.UserOf(id);
        return new[] { user, user.Canonical(), CustomerId.OfVisitor(store.Id, user.Id) }.Distinct();
    }
}
