using System.Text.Json;
using ClvOrleans.Server.Http;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>Where people come in by a link or a key, and go out.</summary>
internal static class SignInEndpoints
{
    private const int LongestBody = 1_000;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", SignInAsync).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, BodyReader bodies, Callers callers, CredentialIssuer issuer)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!SessionCookie.IsFromHere(context.Request))
        {
            return ApiErrors.Problem(StatusCodes.Status403Forbidden, "cross_site", "People sign in on the page of this service.");
        }

        using var body = await bodies.ReadAsync(context.Request, context.RequestAborted);
        if (Read(body.Bytes) is not { } text)
        {
            return ApiErrors.Problem(
                StatusCodes.Status400BadRequest, "invalid_json", "An object with credential, the text of a link or a key, was expected.");
        }

        var caller = await issuer.OpenLinkAsync(text) is { } link ? Caller.Of(link) : await callers.FindAsync(text, CredentialKind.Key);
        if (caller is null or { Scope: Scope.Write })
        {
            return ApiErrors.Problem(
                StatusCodes.Status401Unauthorized, "unauthorized",
                "The link was opened before, is older than 15 minutes, or it is no key that people sign in with. clv keys link prints a "
                    + "new link.");
        }

        var (session, cookie) = await issuer.MakeSessionAsync(caller);
        SessionCookie.Set(context, cookie, session.ExpiresAt!.Value);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, CredentialIssuer issuer)
    {
        if (context.Features.Get<Caller>() is { Kind: CredentialKind.Session } caller)
        {
            await issuer.RevokeAsync(caller.Id);
            SessionCookie.Clear(context);
        }

        return Results.NoContent();
    }

    private static string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Length <= LongestBody ? body : default);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("credential", out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
