using ClvOrleans.Storage.Access;

namespace ClvOrleans.Storage.Conformance.Access;

/// <summary><see cref="ICredentials"/>: what was revoked stays so, and what opens once opens once.</summary>
public class CredentialTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static Credential Whole { get; } = Sample.Key("whole") with
    {
        Kind = CredentialKind.Session,
        Scope = Scope.Admin,
        Store = null,
        Name = "Zoë ❤",
        Parent = "bare",
        CreatedAt = Sample.Time.AddMilliseconds(1),
        ExpiresAt = Sample.Time.AddDays(1),
        RevokedAt = Sample.Time.AddHours(1),
        UsedAt = Sample.Time.AddHours(2),
    };

    [Fact]
    public async Task A_credential_comes_back_as_it_was_kept()
    {
        Assert.True(await Store.Credentials.TryAddAsync(Whole));
        Assert.True(await Store.Credentials.TryAddAsync(Sample.Key("bare")));
        await ReopenAsync();
        foreach (var credential in (Credential[])[Whole, Sample.Key("bare")])
        {
            var kept = (await Store.Credentials.FindAsync(credential.Id))!;
            Assert.Equal(credential.Hash.ToArray(), kept.Hash.ToArray());
            Assert.Equal(credential, kept with { Hash = credential.Hash });
        }

        Assert.Null(await Store.Credentials.FindAsync("WHOLE"));
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        Assert.True(await Store.Credentials.TryAddAsync(Sample.Key("k")));
        Assert.False(await Store.Credentials.TryAddAsync(Sample.Key("k") with { Scope = Scope.Admin }));
        Assert.Equal(Scope.Read, (await Store.Credentials.FindAsync("k"))!.Scope);
    }

    [Fact]
    public async Task Credentials_are_listed_by_kind_and_store_in_the_order_in_which_they_were_made()
    {
        await AddAsync(
            Sample.Key("z"), Sample.Key("b") with { CreatedAt = Sample.Time.AddDays(1) },
            Sample.Key("a") with { CreatedAt = Sample.Time.AddDays(1) }, Sample.Key("o") with { Store = Other },
            Sample.Key("all") with { Store = null }, Sample.Key("s") with { Kind = CredentialKind.Session });
        Assert.Equal(["z", "a", "b"], (await Store.Credentials.ListAsync(CredentialKind.Key, Shop)).Select(c => c.Id));
        Assert.Equal(["all", "o", "z", "a", "b"], (await Store.Credentials.ListAsync(CredentialKind.Key, null)).Select(c => c.Id));
        Assert.Equal(["s"], (await Store.Credentials.ListAsync(CredentialKind.Session, Shop)).Select(c => c.Id));
        Assert.Empty(await Store.Credentials.ListAsync(CredentialKind.Link, null));
    }

    [Fact]
    public async Task Of_many_who_revoke_at_once_one_does()
    {
        await AddAsync(Sample.Key("k"));
        var revoked = await Task.WhenAll(
            Enumerable.Range(1, 10).Select(i => Task.Run(() => Store.Credentials.RevokeAsync("k", Sample.Time.AddDays(i)))));
        Assert.Single(revoked, true);
        Assert.False(await Store.Credentials.RevokeAsync("other", Sample.Time));
        var known = (await Store.Credentials.FindAsync("k"))!;
        await ReopenAsync();
        Assert.False(await Store.Credentials.RevokeAsync("k", Sample.Time));
        Assert.Equal(known.RevokedAt, (await Store.Credentials.FindAsync("k"))!.RevokedAt);
        Assert.False(known.IsValid(Sample.Time));
    }

    [Fact]
    public async Task An_end_is_put_forward_and_never_back()
    {
        await AddAsync(Sample.Key("k"), Sample.Key("gone") with { RevokedAt = Sample.Time });
        Assert.True(await Store.Credentials.ExpireAsync("k", Sample.Time.AddDays(2)));
        Assert.True(await Store.Credentials.ExpireAsync("k", Sample.Time.AddDays(1)));
        Assert.True(await Store.Credentials.ExpireAsync("k", Sample.Time.AddDays(3)));
        Assert.False(await Store.Credentials.ExpireAsync("gone", Sample.Time));
        Assert.False(await Store.Credentials.ExpireAsync("other", Sample.Time));
        var known = (await Store.Credentials.FindAsync("k"))!;
        Assert.Equal(Sample.Time.AddDays(1), known.ExpiresAt);
        Assert.True(known.IsValid(Sample.Time.AddDays(1).AddMilliseconds(-1)));
        Assert.False(known.IsValid(Sample.Time.AddDays(1)));
    }

    [Fact]
    public async Task The_last_use_is_the_latest_that_was_noted()
    {
        await AddAsync(Sample.Key("k"), Sample.Key("l"));
        await Store.Credentials.NoteUseAsync(["k", "l", "unknown"], Sample.Time.AddHours(2));
        await Store.Credentials.NoteUseAsync(["k"], Sample.Time.AddHours(1));
        await Store.Credentials.NoteUseAsync(["l"], Sample.Time.AddHours(3));
        Assert.Equal(Sample.Time.AddHours(2), (await Store.Credentials.FindAsync("k"))!.UsedAt);
        Assert.Equal(Sample.Time.AddHours(3), (await Store.Credentials.FindAsync("l"))!.UsedAt);
    }

    [Fact]
    public async Task Sessions_and_links_that_ended_are_removed_and_keys_never()
    {
        var ended = Sample.Key("key") with { ExpiresAt = Sample.Time, RevokedAt = Sample.Time };
        await AddAsync(
            ended, ended with { Id = "session", Kind = CredentialKind.Session, RevokedAt = null },
            ended with { Id = "link", Kind = CredentialKind.Link, ExpiresAt = Sample.Time.AddDays(9) },
            ended with { Id = "open", Kind = CredentialKind.Session, ExpiresAt = Sample.Time.AddDays(9), RevokedAt = null });
        await Store.Credentials.PruneAsync(Sample.Time);
        Assert.NotNull(await Store.Credentials.FindAsync("session"));
        await Store.Credentials.PruneAsync(Sample.Time.AddMilliseconds(1));
        Assert.Null(await Store.Credentials.FindAsync("session"));
        Assert.Null(await Store.Credentials.FindAsync("link"));
        Assert.NotNull(await Store.Credentials.FindAsync("open"));
        Assert.NotNull(await Store.Credentials.FindAsync("key"));
    }

    private async Task AddAsync(params Credential[] credentials)
    {
        foreach (var credential in credentials)
        {
            Assert.True(await Store.Credentials.TryAddAsync(credential));
        }
    }
}
