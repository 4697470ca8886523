using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>What is remembered of credentials: little, and not for long.</summary>
public sealed class CredentialCacheTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Kept _kept = new();

    [Fact]
    public async Task A_read_is_good_for_the_lease_and_not_a_moment_longer()
    {
        var cache = new CredentialCache(_kept, _time);
        Assert.Equal("a", (await cache.FindAsync("a"))!.Id);
        _time.Advance(CredentialCache.Lease - Moment);
        await cache.FindAsync("a");
        Assert.Equal(1, _kept.Reads);
        _time.Advance(Moment);
        await cache.FindAsync("a");
        Assert.Equal(2, _kept.Reads);
    }

    [Fact]
    public async Task Who_comes_while_it_is_read_waits_for_the_same_read()
    {
        var cache = new CredentialCache(_kept, _time);
        _kept.Gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 50).Select(_ => cache.FindAsync("a").AsTask()).ToArray();
        _kept.Gate.SetResult();
        Assert.All(await Task.WhenAll(all), Assert.NotNull);
        Assert.Equal(1, _kept.Reads);
    }

    [Fact]
    public async Task A_slow_read_is_old_when_it_comes_and_is_not_kept_beyond_its_beginning()
    {
        var cache = new CredentialCache(_kept, _time);
        _kept.Gate = new TaskCompletionSource();
        var slow = cache.FindAsync("a").AsTask();
        _time.Advance(CredentialCache.Lease);
        var fresh = cache.FindAsync("a").AsTask();
        _kept.Gate.SetResult();
        await Task.WhenAll(slow, fresh);
        Assert.Equal(2, _kept.Reads);
    }

    [Fact]
    public async Task Guesses_and_failures_take_no_memory_and_many_keys_a_bounded_amount()
    {
        var cache = new CredentialCache(_kept, _time);
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await cache.FindAsync($"unknown-{i}"));
        }

        _kept.Failure = new InvalidOperationException("down");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await cache.FindAsync("a"));
        _kept.Failure = null;
        Assert.Equal(0, cache.Count);
        for (var i = 0; i <= CredentialCache.Most; i++)
        {
            await cache.FindAsync($"k{i}");
            Assert.InRange(cache.Count, 0, CredentialCache.Most);
        }

        Assert.NotNull(await cache.FindAsync("a"));
    }

    // Counts reads, and holds them at a gate.
    private sealed class Kept : ICredentials
    {
        public TaskCompletionSource? Gate { get; set; }

        public Exception? Failure { get; set; }

        public int Reads { get; private set; }

        public async Task<Credential?> FindAsync(string id, CancellationToken cancellation = default)
        {
            Reads++;
            await (Gate?.Task ?? Task.CompletedTask);
            return Failure is not null ? throw Failure : id.StartsWith("unknown", StringComparison.Ordinal) ? null : new Credential
            {
                Id = id,
                Kind = CredentialKind.Key,
                Hash = new byte[32],
                Scope = Scope.Read,
                Name = id,
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
        }

        public Task<bool> TryAddAsync(Credential credential, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<Credential>> ListAsync(CredentialKind kind, StoreId? store, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<bool> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task NoteUseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task PruneAsync(DateTimeOffset before, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
