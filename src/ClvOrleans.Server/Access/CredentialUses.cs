using System.Collections.Concurrent;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>When credentials were last used: noted once an hour each, and kept by the way.</summary>
internal sealed class CredentialUses(ICredentials credentials, TimeProvider time)
{
    private static readonly TimeSpan Coarseness = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private DateTimeOffset _pruned;
    private ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    /// <summary>
    /// The time by which credentials end: the wall's, for the clock of a demo's store runs faster.
    /// </summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Notes that a credential is used.</summary>
    public void Note(Credential credential)
    {
        if (credential.UsedAt is not { } last || Now - last >= Coarseness)
        {
            _used[credential.Id] = true;
        }
    }

    /// <summary>Keeps what was noted, and removes sessions and links that ended a month ago.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        var used = Interlocked.Exchange(ref _used, new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        try
        {
            if (!used.IsEmpty)
            {
                await credentials.NoteUseAsync([.. used.Keys], Now, cancellation);
            }

            if (Now - _pruned > Coarseness)
            {
                _pruned = Now;
                await credentials.PruneAsync(Now - KeptFor, cancellation);
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // The next use is noted again.
        }
    }
}
