using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClvOrleans.Server.SignIn;

/// <summary>Where people end their session at the provider, too.</summary>
internal sealed class ProviderSignOut(IOptionsMonitor<OpenIdConnectOptions> options)
{
    /// <summary>
    /// The address, from which the provider sends them back to the page of signing in; null where it offers none, or does not answer.
    /// </summary>
    public async Task<string?> FindAsync(HttpRequest request, string hint)
    {
        var handler = options.Get(OpenIdConnect.Scheme);
        try
        {
            var provider = await handler.ConfigurationManager!.GetConfigurationAsync(request.HttpContext.RequestAborted);
            return provider.EndSessionEndpoint is not { Length: > 0 } end ? null : new OpenIdConnectMessage
            {
                IssuerAddress = end,
                ClientId = handler.ClientId,
                IdTokenHint = hint.Length == 0 ? null : hint,
                PostLogoutRedirectUri = $"{request.Scheme}://{request.Host}/sign-in",
            }.CreateLogoutRequestUrl();
        }
        catch (InvalidOperationException)
        {
            return null; // The session here has ended all the same.
        }
    }
}
