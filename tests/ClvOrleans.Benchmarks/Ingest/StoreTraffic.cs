using System.Text;
using ClvOrleans.Simulation;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// What the clients of the demo's store send, in batches, and the store's clock, which shows the time of what was sent last. Timers run in
/// our time.
/// </summary>
internal sealed class StoreTraffic : TimeProvider, IDisposable
{
    private readonly SimulatedStore _store;
    private readonly IEnumerator<SimulatedEvent> _events;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private DateTimeOffset _now;

    public StoreTraffic()
    {
        _store = new SimulatedStore(new SimulatedStoreOptions { Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        (_now, _events) = (_store.Options.Start, _store.Events().GetEnumerator());
    }

    public bool IsPast => _now < _store.Options.End;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Dispose() => _events.Dispose();

    /// <summary>The next batches, and those before them in which customers who are new among them consent.</summary>
    public (List<byte[]> Bodies, List<byte[]> Consents) Next(int batches)
    {
        var news = new List<string>();
        var bodies = Enumerable.Range(0, batches).Select(_ =>
        {
            var batch = new List<string>();
            while (batch.Count < Batches.Size && _events.MoveNext())
            {
                batch.Add(_events.Current.ToJson());
                _now = _events.Current.At;
                if (_events.Current.UserId is { } user && _known.Add(user))
                {
                    news.Add(user);
                }
            }

            return Encoding.UTF8.GetBytes($$"""{"batch":[{{string.Join(',', batch)}}]}""");
        }).ToList();
        return (bodies, [.. Batches.Consents("slot", news).Concat(Batches.Consents("audience", news))]);
    }
}
