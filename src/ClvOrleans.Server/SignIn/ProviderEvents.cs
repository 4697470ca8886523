using System.Security.Claims;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClvOrleans.Server.SignIn;

/// <summary>
/// What becomes of the provider's answer, once the framework has proved it: a session with what the person's roles give, as they are now,
/// or the page of signing in with a reason.
/// </summary>
internal sealed class ProviderEvents(
    IOptions<OidcOptions> options, CredentialIssuer issuer, AuditLedger audit, CallerLimits limits, StoreDirectory stores,
    FailureLog log) : OpenIdConnectEvents
{
    /// <summary>The item of a sign-in that names the store that was asked for.</summary>
    public const string StoreItem = "store";

    private const string IdToken = "id_token";
    private const int LongestName = 255;
    private readonly IReadOnlyList<RoleGrant> _grants = options.Value.ReadRoles();

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (limits.TrySignIn(context.HttpContext.Connection.RemoteIpAddress) is { } exceeded)
        {
            context.HandleResponse();
            await exceeded.Answer(context.HttpContext).ExecuteAsync(context.HttpContext);
        }
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, name) = (context.HttpContext, NameOf(context.Principal!));
        StoreId? asked = context.Properties?.Items.TryGetValue(StoreItem, out var store) == true && store is not null ? new StoreId(store)
            : null;
        var roles = context.Principal!.FindAll(options.Value.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        if (_grants.FirstOrDefault(grant => grant.Admits(roles, asked)) is not { } grant)
        {
            await RefuseAsync(http, SignInProblem.NoRole, name, asked);
            return;
        }

        var (session, cookie) = await issuer.MakeSessionAsync(
            new Caller("", name, grant.Scope, grant.Store ?? asked, CredentialKind.Session));
        Note(session.Store, session.Id, name, "", StatusCodes.Status302Found);
        await audit.FlushAsync(http.RequestAborted);
        SessionCookie.Set(http, cookie, session.ExpiresAt!.Value);
        ProviderHint.Set(http, context.Properties?.GetTokenValue(IdToken), session.ExpiresAt.Value);
        http.Response.Redirect(LocalPath.Of(context.ReturnUri));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, SignInProblem.Refused, "");
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        return FailAsync(context.HttpContext, context.Failure);
    }

    /// <summary>Tells somebody that signing in came to nothing; those who run the service, too, where the provider is away.</summary>
    public Task FailAsync(HttpContext context, Exception? failure)
    {
        var isOfTheWay = failure is not null && IsOfTheWay(failure);
        if (isOfTheWay || failure is OpenIdConnectProtocolException)
        {
            log.Report(isOfTheWay ? "The sign-in provider does not answer" : "The sign-in provider refused this service", failure!);
        }

        return RefuseAsync(context, isOfTheWay ? SignInProblem.Unreachable : SignInProblem.Failed, "");
    }

    /// <summary>Whether a failure is that of the way to the provider.</summary>
    public static bool IsOfTheWay(Exception failure) =>
        failure is HttpRequestException or IOException or TaskCanceledException
            || (failure.InnerException is { } inner && IsOfTheWay(inner));

    private async Task RefuseAsync(HttpContext context, SignInProblem problem, string name, StoreId? asked = null)
    {
        Note(asked, "nobody", name, problem.ToString(), StatusCodes.Status403Forbidden);
        await audit.TryFlushAsync(context.RequestAborted);
        context.Response.Redirect($"/sign-in?problem={problem}");
    }

    // Names may be chosen by those who have them; the id is the provider's.
    private string NameOf(ClaimsPrincipal person)
    {
        var (id, shown) = (TextOf(person, "sub"), TextOf(person, options.Value.NameClaim));
        return shown.Length == 0 || shown == id ? id : $"{shown} ({id})";
    }

    private static string TextOf(ClaimsPrincipal person, string claim) =>
        string.Concat((person.FindFirst(claim)?.Value ?? "").Where(c => !char.IsControl(c)).Take(LongestName));

    private void Note(StoreId? asked, string caller, string name, string target, int status)
    {
        var store = asked is { } one && stores.TryFind(one) is not null ? one : stores.First.Id;
        audit.Note(
            new AuditLedger.Deed(store, caller, name, AuditAction.Change, $"GET {OpenIdConnect.CallbackPath}", target, status), null);
    }
}
