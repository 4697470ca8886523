namespace ClvOrleans.Domain.Customers;

/// <summary>Whether a history belongs to someone the store knows or to a browser that it has only seen.</summary>
public enum CustomerKind
{
    /// <summary>Known by the store's own user id.</summary>
    Customer,

    /// <summary>Anonymous, until identified.</summary>
    Visitor,

    /// <summary>Somebody who was erased: the id is a keyed hash of the former one, and nothing else is known of them.</summary>
    Erased,
}
