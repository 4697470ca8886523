using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryDeadLetters(InMemoryStorage storage, DeadLetterOptions quota) : IDeadLetters
{
    private const int RowBytes = 256;

    public async Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default)
    {
        var kept = await new InMemoryErasures(storage).KeptAsync(letters, cancellation);
        await storage.ChangeAsync(state => kept.Aggregate(state, Add));
    }

    public Task<DeadLetter?> FindAsync(StoreId store, long id, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Letters.Find(l => l.Store == store && l.Id == id));

    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        StoreId store, DeadLetterQuery query, long after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DeadLetter>>(state =>
            [.. state.Letters.Where(l => Matches(l, store, query) && l.Id > after).OrderBy(l => l.Id).Take(limit)]);

    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DeadLetterCount>>(state =>
        [
            .. state.Letters.Where(l => l.Store == store && l.ReplayedAt is null).Select(l => (l.Code, l.Source, Letters: 1L, Beyond: 0L))
                .Concat(state.Beyond.Where(b => b.Key.Store == store).Select(b => (b.Key.Code, b.Key.Source, Letters: 0L, Beyond: b.Value)))
                .GroupBy(c => (c.Code, c.Source))
                .OrderBy(g => g.Key.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Source, StringComparer.Ordinal)
                .Select(g => new DeadLetterCount(g.Key.Code, g.Key.Source, g.Sum(c => c.Letters), g.Sum(c => c.Beyond))),
        ]);

    public Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        state.Letters.Find(l => l.Store == store && l.Id == id && l.ReplayedAt is null) is { } letter
            ? state with { Letters = state.Letters.Replace(letter, letter with { ReplayedAt = at }) }
            : state);

    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var left = state.Letters.RemoveAll(l => l.Store == store && l.ReceivedAt < before);
            return (state with { Letters = left }, state.Letters.Count - left.Count);
        });

    public Task DiscardAsync(StoreId store, long id, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state with { Letters = state.Letters.RemoveAll(l => l.Store == store && l.Id == id) });

    public Task<long> DiscardAsync(StoreId store, DeadLetterQuery query, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
    {
        var left = state.Letters.RemoveAll(l => Matches(l, store, query));
        var beyond = query is { Since: null, OpenOnly: false }
            ? state.Beyond.RemoveRange(state.Beyond.Keys.Where(b =>
                b.Store == store && b.Code == (query.Code ?? b.Code) && b.Source == (query.Source ?? b.Source)))
            : state.Beyond;
        return (state with { Letters = left, Beyond = beyond }, (long)(state.Letters.Count - left.Count));
    });

    private static bool Matches(DeadLetter letter, StoreId store, DeadLetterQuery query) => letter.Store == store
        && letter.Code == (query.Code ?? letter.Code) && letter.Source == (query.Source ?? letter.Source)
        && letter.ReceivedAt >= (query.Since ?? DateTimeOffset.MinValue) && (!query.OpenOnly || letter.ReplayedAt is null);

    private static long BytesOf(DeadLetter letter) => letter.Payload.Length + letter.Message.Length + RowBytes;

    private InMemoryState Add(InMemoryState state, DeadLetter letter)
    {
        bool IsOfSource(DeadLetter other)
        {
            return other.Store == letter.Store && other.Source == letter.Source;
        }

        if (letter.MessageId is not null
            && state.Letters.Exists(l => IsOfSource(l) && l.ReplayedAt is null && (l.MessageId, l.Code) == (letter.MessageId, letter.Code)))
        {
            return state;
        }

        while (!HasRoom(state.Letters.FindAll(IsOfSource)))
        {
            if (state.Letters.Find(l => IsOfSource(l) && l.ReplayedAt is not null) is not { } replayed)
            {
                var counted = (letter.Store, letter.Source, letter.Code);
                return state with { Beyond = state.Beyond.SetItem(counted, state.Beyond.GetValueOrDefault(counted) + 1) };
            }

            state = state with { Letters = state.Letters.Remove(replayed) };
        }

        var id = state.LastLetter + 1;
        return state with { LastLetter = id, Letters = state.Letters.Add(letter with { Id = id }) };

        bool HasRoom(ImmutableList<DeadLetter> kept)
        {
            return kept.Count < quota.MostLetters && kept.Sum(BytesOf) + BytesOf(letter) <= quota.MostBytes;
        }
    }
}
