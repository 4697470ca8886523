using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>The pseudonyms of a store, for whoever may know whose they are.</summary>
internal static class PseudonymEndpoints
{
    private const string Tag = "Privacy";

    public static void MapPseudonyms(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pseudonyms", FindAsync).Accepts<JsonElement>("application/json", "*/*").Answers<PseudonymReply>(400, 409, 413)
            .WithTags(Tag).WithSummary("The pseudonyms of ids")
            .WithDescription(
                $"Of up to {PseudonymBody.Most:#,##0} ids of people (user ids, anonymous ids, e-mail addresses) and of orders. Nobody "
                + "needs to be known. 409 where the store has no pseudonyms.");
        api.MapGet("/pseudonyms/key", Key).Answers<PseudonymKeyReply>(400, 409).WithTags(Tag)
            .WithSummary("The key of the store's pseudonyms")
            .WithDescription("Whoever has it can tell whose a pseudonym is by trying ids. The audit log says who asked.");
    }

    private static async Task<IResult> FindAsync(HttpRequest request, BodyReader bodies, OneStore store)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        try
        {
            var asked = PseudonymBody.Read(body.Bytes);
            return store.Settings.Pseudonyms is { } pseudonyms
                ? Results.Ok(new PseudonymReply(Of(asked.Ids, pseudonyms.OfId), Of(asked.Orders, pseudonyms.OfOrder)))
                : None(store);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_ids", e.Message);
        }
    }

    private static IResult Key(OneStore store) =>
        store.Settings.Pseudonyms is { } pseudonyms ? Results.Ok(new PseudonymKeyReply(pseudonyms.RevealKey())) : None(store);

    private static Dictionary<string, string> Of(IEnumerable<string> ids, Func<string, string> pseudonymOf) =>
        ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id, pseudonymOf, StringComparer.Ordinal);

    private static IResult None(OneStore store) => ApiErrors.Problem(
        StatusCodes.Status409Conflict, "no_pseudonyms",
        $"The store '{store.Settings.Id}' keeps ids as they are; it has no pseudonyms.");
}
