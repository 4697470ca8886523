using ClvOrleans.Storage.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClvOrleans.Server.SignIn;

/// <summary>
/// Signing in by a provider: the authorization code flow with PKCE, done by the framework's handler. What it gives the browser meanwhile
/// is protected by keys that all silos have.
/// </summary>
internal static class OpenIdConnect
{
    /// <summary>What the framework calls the handler.</summary>
    public const string Scheme = "oidc";

    /// <summary>Where the provider sends people back to.</summary>
    public const string CallbackPath = "/sign-in/callback";

    // No scheme has this name: sessions are read by AccessGate, and made by ProviderEvents.
    private const string Nothing = "none";

    /// <summary>Adds it, if there is a provider.</summary>
    public static void Add(IServiceCollection services, OidcOptions oidc)
    {
        if (!oidc.IsGiven)
        {
            return;
        }

        services.AddDataProtection().SetApplicationName("clv");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new StoredKeyRing(s.GetRequiredService<IKeyRing>())));
        services.AddSingleton<ProviderEvents>().AddSingleton<ProviderSignOut>();
        services.AddAuthentication(Nothing).AddOpenIdConnect(Scheme, handler => Configure(handler, oidc));
    }

    /// <summary>Takes the provider's answers, if there is a provider.</summary>
    public static void Use(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.IsGiven)
        {
            app.UseAuthentication();
        }
    }

    private static void Configure(OpenIdConnectOptions handler, OidcOptions oidc)
    {
        (handler.Authority, handler.ClientId, handler.ClientSecret) = (oidc.Authority, oidc.ClientId, oidc.ReadClientSecret());
        handler.RequireHttpsMetadata = oidc.Authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        handler.ResponseType = OpenIdConnectResponseType.Code;
        handler.UsePkce = true;
        handler.EventsType = typeof(ProviderEvents);
        handler.TimeProvider = TimeProvider.System; // The clock of a demo's store runs faster.
        handler.BackchannelTimeout = TimeSpan.FromSeconds(10);
        handler.DisableTelemetry = true;
        handler.SaveTokens = true; // For ProviderEvents, which keeps one of them.
        handler.Scope.Clear();
        foreach (var scope in oidc.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend("openid").Distinct())
        {
            handler.Scope.Add(scope);
        }

        // Claims by their own names, of the token and of what the provider says of its user.
        handler.MapInboundClaims = false;
        handler.GetClaimsFromUserInfoEndpoint = true;
        handler.ClaimActions.MapJsonKey(oidc.RoleClaim, oidc.RoleClaim);
        handler.ClaimActions.MapJsonKey(oidc.NameClaim, oidc.NameClaim);

        // The answer comes by opening an address, with which browsers send Lax cookies, also without TLS.
        handler.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in (CookieBuilder[])[handler.CorrelationCookie, handler.NonceCookie])
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }

        // Signing out is SignInEndpoints' work.
        (handler.CallbackPath, handler.SignedOutCallbackPath, handler.RemoteSignOutPath) = (CallbackPath, default, default);
    }
}
