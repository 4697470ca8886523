using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>
/// Finds the store that a request is about: the one that its key is bound to, else the one that the header names, else the only one that
/// is open.
/// </summary>
internal sealed class StoreOfRequest(RequestDelegate next)
{
    /// <summary>Names a store where a key is good for several.</summary>
    public const string Header = "Clv-Store";

    public Task InvokeAsync(HttpContext context, StoreScope scope)
    {
        scope.Request = context;
        return context.Features.Get<BoundStore>() is { } bound && Named(context) is { } named && named != bound.Store.Value
            ? throw Another()
            : next(context);
    }

    /// <summary>The store, which is open.</summary>
    /// <exception cref="StoreException">It is not said which, there is none, or it is closed.</exception>
    public static KeptStore Find(HttpContext context, StoreDirectory stores) =>
        Find(NameOf(context), stores);

    /// <summary>The store of a name, or else the only one that is open.</summary>
    /// <exception cref="StoreException">It is not said which, there is none, or it is closed.</exception>
    public static KeptStore Find(string? name, StoreDirectory stores)
    {
        if (name is not null)
        {
            return Open(TryFind(name, stores), name);
        }

        return stores.All.Count == 1 ? stores.Get(stores.All.First().Id) : throw new StoreException(
            StatusCodes.Status400BadRequest, "missing_store",
            stores.All.Count == 0
                ? "There is no open store; POST /api/v1/stores makes one."
                : $"There are several stores: name one by the header {Header} (--store of clv); GET /api/v1/stores lists them.");
    }

    /// <summary>The store that a request names, whatever became of it; the first one where it names none that there is.</summary>
    public static StoreId FindOrFirst(HttpContext context, StoreDirectory stores) =>
        (NameOf(context) is { } name ? TryFind(name, stores) : null)?.Id ?? stores.First.Id;

    /// <summary>A store that is open.</summary>
    /// <exception cref="StoreException">There is none of the name, or it is closed.</exception>
    public static KeptStore Open(KeptStore? store, string name) => store switch
    {
        null => throw Unknown(name),
        { IsClosed: true } => throw new StoreException(
            StatusCodes.Status410Gone, "store_closed", $"The store '{name}' is closed: it takes no events and answers no questions."),
        _ => store,
    };

    /// <summary>There is no store of a name.</summary>
    public static StoreException Unknown(string name) =>
        new(StatusCodes.Status404NotFound, "unknown_store", $"There is no store '{name}'.");

    // The same whether there is such a store or not: a key of one store learns nothing of others.
    private static StoreException Another() => new(
        StatusCodes.Status403Forbidden, "other_store", $"The key is not one of the store that the header {Header} names.");

    private static KeptStore? TryFind(string name, StoreDirectory stores) =>
        StoreId.IsValid(name) ? stores.TryFind(new StoreId(name)) : null;

    private static string? NameOf(HttpContext context) => context.Features.Get<BoundStore>()?.Store.Value ?? Named(context);

    private static string? Named(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } name ? name : null;
}
