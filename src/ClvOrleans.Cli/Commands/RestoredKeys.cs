using System.Globalization;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// What becomes of who could come in when a backup was taken. Which keys were revoked since, nothing of the backup says: sessions and
/// links end, which costs a sign-in, and keys go on, since programs have them, unless they are to end.
/// </summary>
/// <param name="Ended">How many sessions, links and keys were ended.</param>
/// <param name="Kept">How many keys are valid.</param>
internal sealed record RestoredKeys(int Ended, int Kept)
{
    /// <summary>Ends sessions and links, and keys if asked; never those that only send events, which are public.</summary>
    public static async Task<RestoredKeys> ApplyAsync(
        ISqlDatabase database, bool revokeKeys, DateTimeOffset at, CancellationToken cancellation)
    {
        var (credentials, ended, kept) = (new SqlCredentials(database), 0, 0);
        foreach (var kind in Enum.GetValues<CredentialKind>())
        {
            foreach (var credential in (await credentials.ListAsync(kind, null, cancellation)).Where(c => c.IsValid(at)))
            {
                if (kind == CredentialKind.Key && (!revokeKeys || credential.Scope == Scope.Write))
                {
                    kept++;
                }
                else if (await credentials.RevokeAsync(credential.Id, at, cancellation))
                {
                    ended++;
                }
            }
        }

        return new RestoredKeys(ended, kept);
    }

    /// <summary>What whoever restores is told.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Ended: {Ended:N0} sessions, links and keys. Valid as they were then: {Kept:N0} keys, also those that were revoked since; see clv "
            + $"keys, or restore with --revoke-keys.");
}
