using ClvOrleans.Server.Http;
using ClvOrleans.Server.Pages;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>Lets in who may: each endpoint asks for what the matrix says, and nothing is open that it does not call so.</summary>
internal sealed class AccessGate(RequestDelegate next, AccessRules rules, Callers callers, Auditing audit, CallerLimits limits)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public async Task InvokeAsync(HttpContext context)
    {
        var rule = rules.Of(context.GetEndpoint(), context.Request);
        if (rule.Door != Door.Scope)
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        var caller = await callers.FindAsync(context.Request);
        audit.Follow(context, rule, caller);
        if (caller is null)
        {
            BodyReader.Pass(context.Request);
            await (limits.TryFailure(context.Connection.RemoteIpAddress) is { } exceeded
                ? exceeded.Answer(context).ExecuteAsync(context)
                : ChallengeAsync(context));
        }
        else if (Refusal(context, rule, caller) is { } refusal)
        {
            BodyReader.Pass(context.Request);
            await refusal.ExecuteAsync(context);
        }
        else
        {
            context.Features.Set(caller);
            if (caller.Store is { } bound)
            {
                context.Features.Set(new BoundStore(bound));
            }

            await next(context);
        }
    }

    private IResult? Refusal(HttpContext context, AccessRule rule, Caller caller) =>
        !caller.Covers(rule.Scope)
            ? ApiErrors.Problem(
                StatusCodes.Status403Forbidden, "insufficient_scope",
                $"This needs a key with scope {CredentialIssuer.UseOf(rule.Scope)}; this one has {CredentialIssuer.UseOf(caller.Scope)}.")
            : caller.Kind == CredentialKind.Session && !Reading.Contains(context.Request.Method)
                && !SessionCookie.IsFromHere(context.Request)
                ? ApiErrors.Problem(
                    StatusCodes.Status403Forbidden, "cross_site",
                    "A session changes things from the pages of this service only; use a key.")
            : limits.TryRequest(caller)?.Answer(context);

    // People get the page where they sign in, at the address that they asked for; programs are told what is missing.
    private static Task ChallengeAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"clv\"";
        var isPage = Reading.Contains(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api")
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return isPage
            ? PageFile.SendAsync(context, "sign-in.html")
            : ApiErrors.Problem(
                StatusCodes.Status401Unauthorized, "unauthorized",
                "A key is needed: Authorization: Bearer KEY. The owner's is in owner.key of the data folder (curl -H @owner.key); clv keys "
                    + "makes others.").ExecuteAsync(context);
    }
}
