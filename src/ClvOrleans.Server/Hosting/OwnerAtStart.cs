using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Before anything is served: makes the owner's key, unless one is configured, or the one in the data folder is valid. A folder that was
/// copied or restored gets a new one.
/// </summary>
internal sealed class OwnerAtStart(
    ProcessOptions process, IOptions<AccessOptions> options, CredentialIssuer issuer, CredentialUses uses) : BeforeServing
{
    /// <exception cref="InvalidOperationException">The file of the key is not one; the message says what to do.</exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ReadOwnerKeys().Count > 0)
        {
            return;
        }

        if (OwnerKeyFile.Read(process.DataFolder) is not { } text || CredentialText.FindId(text) is not { } id
            || await issuer.FindAsync(id) is not { } known || !CredentialText.Proves(text, known) || !known.IsValid(uses.Now))
        {
            var (_, made) = await issuer.MakeKeyAsync("owner", Scope.Admin, null);
            OwnerKeyFile.Write(process.DataFolder, made);
        }
    }
}
