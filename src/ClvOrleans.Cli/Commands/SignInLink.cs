using ClvOrleans.Server.Access;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Cli.Commands;

/// <summary>The link that a service prints when it starts, for whoever started it.</summary>
internal static class SignInLink
{
    /// <summary>A new one; null where the owner's key is configured: whoever did has it, and others read what is printed.</summary>
    public static async Task<string?> MakeAsync(WebApplication app, string folder)
    {
        if (app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.ReadOwnerKeys().Count > 0
            || OwnerKeyFile.Read(folder) is not { } key
            || await app.Services.GetRequiredService<Callers>().FindAsync(key, CredentialKind.Key) is not { } owner)
        {
            return null;
        }

        var (_, text) = await app.Services.GetRequiredService<CredentialIssuer>().MakeLinkAsync(owner);
        return $"{FolderLock.FindAddress(folder) ?? new Uri(app.Urls.First())}sign-in#{text}";
    }
}
