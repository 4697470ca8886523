using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Privacy;

/// <summary>A name that a person was known by: what is asked of erasures, and what they keep a keyed hash of.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Text">The name.</param>
public readonly record struct ErasedName(ErasedNameKind Kind, string Text)
{
    /// <summary>The id of a customer or a visitor.</summary>
    public static ErasedName Of(CustomerId customer) => new(ErasedNameKind.Identity, customer.Canonical().ToText());

    /// <summary>The id of an order.</summary>
    public static ErasedName OfOrder(string order) => new(ErasedNameKind.Order, order);

    /// <summary>An e-mail address, in any case.</summary>
    public static ErasedName OfEmail(string email) => new(ErasedNameKind.Email, email.Trim().ToLowerInvariant());
}
