using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Http;
using ClvOrleans.Storage.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.SignIn;

/// <summary>Where people come in by a link, a key or a provider, and go out.</summary>
internal static class SignInEndpoints
{
    private const int LongestBody = 1_000;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", SignInAsync).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        app.MapGet("/sign-in/provider", (IOptions<OidcOptions> oidc) =>
            oidc.Value.IsGiven ? Results.Ok(new { name = oidc.Value.ReadName() }) : Results.NoContent()).ExcludeFromDescription();
        app.MapGet("/sign-in/start", StartAsync).ExcludeFromDescription();

        // The framework's handler answers before; where there is no provider, there is nothing.
        app.MapGet(OpenIdConnect.CallbackPath, () => Results.NotFound()).ExcludeFromDescription();
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, string? to, string? store, IOptions<OidcOptions> oidc, CallerLimits limits)
    {
        if (!oidc.Value.IsGiven)
        {
            return Results.NotFound();
        }

        if (store is not null && !StoreId.IsValid(store))
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_store", $"store: '{store}' is not an id of a store.");
        }

        if (limits.TrySignIn(context.Connection.RemoteIpAddress) is { } exceeded)
        {
            return exceeded.Answer(context);
        }

        var properties = new AuthenticationProperties { RedirectUri = LocalPath.Of(to) };
        if (store is not null)
        {
            properties.Items[ProviderEvents.StoreItem] = store;
        }

        try
        {
            await context.ChallengeAsync(OpenIdConnect.Scheme, properties);
        }
        catch (Exception e) when (ProviderEvents.IsOfTheWay(e))
        {
            await context.RequestServices.GetRequiredService<ProviderEvents>().FailAsync(context, e);
        }

        return Results.Empty;
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, BodyReader bodies, Callers callers, CredentialIssuer issuer, CallerLimits limits)
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
            return limits.TryFailure(context.Connection.RemoteIpAddress)?.Answer(context) ?? ApiErrors.Problem(
                StatusCodes.Status401Unauthorized, "unauthorized",
                "The link was opened before, is older than 15 minutes, or it is no key that people sign in with. clv keys link prints a "
                    + "new link.");
        }

        var (session, cookie) = await issuer.MakeSessionAsync(caller);
        SessionCookie.Set(context, cookie, session.ExpiresAt!.Value);
        return Results.NoContent();
    }

    // At the provider, too, where the session came from there: else whoever sits down next is signed in by one click.
    private static async Task<IResult> SignOutAsync(HttpContext context, CredentialIssuer issuer)
    {
        if (context.Features.Get<Caller>() is not { Kind: CredentialKind.Session } caller)
        {
            return Results.NoContent();
        }

        await issuer.RevokeAsync(caller.Id);
        SessionCookie.Clear(context);
        return ProviderHint.Take(context) is { } hint && context.RequestServices.GetService<ProviderSignOut>() is { } provider
            && await provider.FindAsync(context.Request, hint) is { } location
                ? Results.Ok(new { location })
                : Results.NoContent();
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
