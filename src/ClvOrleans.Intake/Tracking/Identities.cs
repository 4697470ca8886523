using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>Who an event is about, by the ids that it names.</summary>
/// <param name="Subject">Whose event it is: the user, else the visitor.</param>
/// <param name="Visitor">The anonymous id that came along with a user id.</param>
/// <param name="Previous">The former id of an alias; null where it is the user id itself.</param>
internal readonly record struct Identities(CustomerId Subject, CustomerId? Visitor, string? Previous)
{
    /// <summary>
    /// Reads the ids. A placeholder as user id is refused, unless a real anonymous id came along: then the event counts for the visitor.
    /// A placeholder as anonymous id is left out. Of an alias without a former id, the anonymous id is the former one.
    /// </summary>
    /// <exception cref="RefusedException">An id is invalid, or none is left.</exception>
    public static Identities Read(JsonElement e, string type, StoreId store, List<EventNote> notes)
    {
        var user = Json.Id(e, "userId", "userId", IdKind.Customer, out var flaw);
        var anonymous = Anonymous(e, notes);
        if (type == "alias")
        {
            return Alias(e, flaw is null ? user : throw flaw.ToException(), anonymous, store, notes);
        }

        if (flaw is { Code: RuleCodes.PlaceholderCustomer } && anonymous is not null)
        {
            notes.Add(new EventNote(flaw.Code, $"userId '{user}' is a placeholder; the event counts for the anonymousId."));
            (user, flaw) = (null, null);
        }

        return flaw is not null ? throw flaw.ToException() : (user, anonymous) switch
        {
            (null, null) => throw new RefusedException(
                RuleCodes.MissingCustomer, "userId or anonymousId is needed; a placeholder such as 'guest' is not enough."),
            (null, _) => new Identities(CustomerId.OfVisitor(store, anonymous), null, null),
            (_, null) => new Identities(CustomerId.OfUser(store, user), null, null),
            _ => new Identities(CustomerId.OfUser(store, user), CustomerId.OfVisitor(store, anonymous), null),
        };
    }

    private static Identities Alias(JsonElement e, string? user, string? anonymous, StoreId store, List<EventNote> notes)
    {
        var previous = Json.Id(e, "previousId", "previousId", IdKind.Customer, out var flaw);
        if (previous is null && anonymous is null)
        {
            throw new RefusedException("missing_previous_id", "previousId is missing.");
        }

        if (user is null || flaw is not null)
        {
            throw (flaw ?? IdRules.Missing(IdKind.Customer, "userId")).ToException();
        }

        if (previous is null)
        {
            notes.Add(new EventNote("previous_id_assumed", "previousId is missing; the anonymousId was taken for it."));
        }

        return new Identities(
            CustomerId.OfUser(store, user), anonymous is null ? null : CustomerId.OfVisitor(store, anonymous),
            previous == user ? null : previous);
    }

    private static string? Anonymous(JsonElement e, List<EventNote> notes)
    {
        var id = Json.Id(e, "anonymousId", "anonymousId", IdKind.Visitor, out var flaw);
        if (flaw is null)
        {
            return id;
        }

        if (flaw.Code != RuleCodes.PlaceholderCustomer)
        {
            throw flaw.ToException();
        }

        notes.Add(new EventNote("placeholder_anonymous_id", $"anonymousId '{id}' is a placeholder and was ignored."));
        return null;
    }
}
