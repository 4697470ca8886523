using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Intake.Rules;

/// <summary>Who an event is about, by the ids that it names.</summary>
/// <param name="Subject">Whose event it is: the user, else the visitor.</param>
/// <param name="Visitor">The anonymous id that came along with a user id.</param>
/// <param name="Previous">The former id of an alias; null where it is the user id itself.</param>
internal readonly record struct Identities(CustomerId Subject, CustomerId? Visitor, string? Previous)
{
    /// <summary>
    /// Reads the ids. A placeholder as user id is refused, unless a real anonymous id came along: then the event counts for the visitor.
    /// A placeholder as anonymous id is left out.
    /// </summary>
    /// <exception cref="RefusedException">An id is invalid, or none is left.</exception>
    public static Identities Read(JsonElement e, string type, StoreId store, List<EventNote> notes)
    {
        var user = Json.Id(e, "userId", "userId", "invalid_id", CustomerId.MaxLength);
        var anonymous = Anonymous(e, notes);
        if (type == "alias")
        {
            return Alias(e, user, anonymous, store);
        }

        if (user is not null && PlaceholderIds.IsPlaceholder(user))
        {
            if (anonymous is null)
            {
                throw Placeholder("userId", user);
            }

            notes.Add(new EventNote("placeholder_user_id", $"userId '{user}' is a placeholder; the event counts for the anonymousId."));
            user = null;
        }

        return (user, anonymous) switch
        {
            (null, null) => throw new RefusedException("missing_user_id", "userId or anonymousId is needed; a placeholder such as 'guest' is not enough."),
            (null, _) => new Identities(CustomerId.OfVisitor(store, anonymous), null, null),
            (_, null) => new Identities(CustomerId.OfUser(store, user), null, null),
            _ => new Identities(CustomerId.OfUser(store, user), CustomerId.OfVisitor(store, anonymous), null),
        };
    }

    private static Identities Alias(JsonElement e, string? user, string? anonymous, StoreId store)
    {
        var previous = Json.Id(e, "previousId", "previousId", "invalid_id", CustomerId.MaxLength)
            ?? throw new RefusedException("missing_previous_id", "previousId is missing.");
        if (user is null)
        {
            throw new RefusedException("missing_user_id", "userId is missing.");
        }

        foreach (var (path, id) in new[] { ("userId", user), ("previousId", previous) })
        {
            if (PlaceholderIds.IsPlaceholder(id))
            {
                throw Placeholder(path, id);
            }
        }

        return new Identities(
            CustomerId.OfUser(store, user), anonymous is null ? null : CustomerId.OfVisitor(store, anonymous), previous == user ? null : previous);
    }

    private static string? Anonymous(JsonElement e, List<EventNote> notes)
    {
        var id = Json.Id(e, "anonymousId", "anonymousId", "invalid_id", CustomerId.MaxLength);
        if (id is null || !PlaceholderIds.IsPlaceholder(id))
        {
            return id;
        }

        notes.Add(new EventNote("placeholder_anonymous_id", $"anonymousId '{id}' is a placeholder and was ignored."));
        return null;
    }

    private static RefusedException Placeholder(string path, string id) =>
        new("placeholder_user_id", $"{path} '{id}' is a placeholder: accepting it would merge unrelated customers.");
}
