using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Access;
using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Api;

/// <summary>Keys, and who is signed in. A key of a store sees and makes those of that store, and no others.</summary>
internal static class KeyEndpoints
{
    private const string Tag = "Keys";
    private const int MostHours = 24 * 90;

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", (HttpContext context, ICredentials credentials, CancellationToken cancellation) =>
                ListAsync(CredentialKind.Key, context, credentials, cancellation))
            .Answers<KeyList>(400).WithTags(Tag).WithSummary("Keys, ended ones too");
        api.MapPost("/keys", MakeAsync).Accepts<KeyBody>("application/json", "*/*").Answers<KeyReply>(400, 403, 413).WithTags(Tag)
            .WithSummary("Make a key")
            .WithDescription(
                "A key with scope write sends events and nothing else: shops may publish it. The answer shows the key once; only its "
                + "SHA-256 is kept.");
        api.MapPost("/keys/{id}/rotate", RotateAsync).Answers<KeyReply>(400, 404, 409).WithTags(Tag).WithSummary("Renew a key")
            .WithDescription("The new key has the same name, scope and store. The old one goes on for the overlap.");
        api.MapDelete("/keys/{id}", (string id, HttpContext context, CredentialIssuer issuer) =>
                RevokeAsync(id, CredentialKind.Key, context, issuer))
            .AnswersNothing(400, 404).WithTags(Tag).WithSummary("Revoke a key, and the sessions that were opened by it")
            .WithDescription("When the answer comes, no silo accepts it.");
        api.MapPost("/keys/link", LinkAsync).Answers<LinkReply>(400).WithTags(Tag).WithSummary("Make a link that signs in once")
            .WithDescription("Whoever opens it first, within 15 minutes, is signed in with the scope and the store of the key that asks.");
        api.MapGet("/sessions", (HttpContext context, ICredentials credentials, CancellationToken cancellation) =>
                ListAsync(CredentialKind.Session, context, credentials, cancellation))
            .Answers<KeyList>(400).WithTags(Tag).WithSummary("Who is signed in, and who was in the last 30 days");
        api.MapDelete("/sessions/{id}", (string id, HttpContext context, CredentialIssuer issuer) =>
                RevokeAsync(id, CredentialKind.Session, context, issuer))
            .AnswersNothing(400, 404).WithTags(Tag).WithSummary("End a session");
    }

    private static async Task<IResult> ListAsync(
        CredentialKind kind, HttpContext context, ICredentials credentials, CancellationToken cancellation) =>
        Results.Ok(new KeyList([.. (await credentials.ListAsync(kind, BoundTo(context), cancellation)).Select(c => KeyReply.Of(c))]));

    private static async Task<IResult> MakeAsync(HttpContext context, BodyReader bodies, CredentialIssuer issuer, StoreDirectory stores)
    {
        using var body = await bodies.ReadAsync(context.Request, context.RequestAborted);
        KeyBody asked;
        try
        {
            asked = KeyBody.Read(body.Bytes);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(400, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(400, "invalid_key", e.Message);
        }

        var bound = BoundTo(context);
        if (bound is { } own && asked.Store is { } other && other != own)
        {
            return ApiErrors.Problem(
                StatusCodes.Status403Forbidden, "other_store", $"A key of the store '{own}' makes keys of that store.");
        }

        if (asked.Store is { } named && stores.TryFind(named) is null)
        {
            throw StoreOfRequest.Unknown(named.Value);
        }

        TimeSpan? length = asked.ExpiresInDays is { } days ? TimeSpan.FromDays(days) : null;
        var (made, text) = await issuer.MakeKeyAsync(asked.Name, asked.Scope, asked.Store ?? bound, length);
        return Results.Ok(KeyReply.Of(made, text));
    }

    private static async Task<IResult> RotateAsync(
        string id,
        [Description("For how many hours the old key goes on, 0 to 2,160. Default 24."), Range(0, MostHours)]
        int? overlapHours,
        HttpContext context, CredentialIssuer issuer)
    {
        var hours = QueryText.Count("overlapHours", overlapHours, 24, 0, MostHours);
        return await FindAsync(id, CredentialKind.Key, context, issuer) is not { } key ? Unknown(id)
            : await issuer.RotateAsync(key, TimeSpan.FromHours(hours)) is { } renewed ? Results.Ok(KeyReply.Of(renewed.Made, renewed.Text))
            : ApiErrors.Problem(StatusCodes.Status409Conflict, "key_ended", $"The key '{id}' has ended; make a new one.");
    }

    private static async Task<IResult> RevokeAsync(string id, CredentialKind kind, HttpContext context, CredentialIssuer issuer) =>
        await FindAsync(id, kind, context, issuer) is not null && await issuer.RevokeAsync(id) ? Results.NoContent() : Unknown(id);

    private static async Task<IResult> LinkAsync(HttpContext context, CredentialIssuer issuer)
    {
        var (made, text) = await issuer.MakeLinkAsync(context.Features.GetRequiredFeature<Caller>());
        return Results.Ok(new LinkReply($"{context.Request.Scheme}://{context.Request.Host}/sign-in#{text}", made.ExpiresAt!.Value));
    }

    private static async Task<Credential?> FindAsync(string id, CredentialKind kind, HttpContext context, CredentialIssuer issuer) =>
        await issuer.FindAsync(id) is { } found && found.Kind == kind && (BoundTo(context) is not { } own || found.Store == own)
            ? found
            : null;

    private static StoreId? BoundTo(HttpContext context) => context.Features.Get<BoundStore>()?.Store;

    private static IResult Unknown(string id) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_key", $"There is none with the id '{id}' that could be ended.");
}
