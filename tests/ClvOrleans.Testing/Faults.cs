using System.Collections.Concurrent;

namespace ClvOrleans.Testing;

/// <summary>
/// Faults of ports: any call of any method of any interface can fail, fail after it has done its work, or be delayed, by its number or by
/// chance. Calls are counted by "IJournal.AppendAsync", from 1, over all objects wrapped.
/// </summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Call, int Number), Fault> _planned = new();
    private readonly ConcurrentDictionary<string, Fault> _always = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Func<string, Fault?>? _chance;
    private int _injected;

    /// <summary>How many faults have been injected.</summary>
    public int Injected => _injected;

    /// <summary>How often each method was called, for tests that count and for walks through every call site.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>The same object, with faults.</summary>
    public T Wrap<T>(T port)
        where T : class => FaultyPort.Wrap(port, this);

    /// <summary>Plans a fault for a later call: the next one is number 1.</summary>
    /// <param name="call">Such as "IJournal.AppendAsync".</param>
    /// <param name="number">Which of the calls from now on.</param>
    /// <param name="fault">What goes wrong.</param>
    public void Next(string call, int number, Fault fault) => _planned[(call, _calls.GetValueOrDefault(call) + number)] = fault;

    /// <summary>Every call of a method goes wrong until <see cref="Stop"/>.</summary>
    public void Always(string call, Fault fault) => _always[call] = fault;

    /// <summary>Faults by chance, the same ones for the same seed and order of calls.</summary>
    /// <param name="seed">Seeds the chance.</param>
    /// <param name="rate">The part of the calls that go wrong, 0 to 1.</param>
    /// <param name="error">Makes what is thrown.</param>
    /// <param name="calls">The methods that may go wrong; all by default.</param>
    public void Randomly(int seed, double rate, Func<string, Exception>? error = null, params string[] calls)
    {
        var random = new Random(seed);
        var kinds = Enum.GetValues<FaultKind>();
        _chance = call =>
        {
            lock (_lock)
            {
                var hit = random.NextDouble() < rate;
                var kind = kinds[random.Next(kinds.Length)];
                return hit && (calls.Length == 0 || calls.Contains(call)) ? new Fault(kind, error) : null;
            }
        };
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Stop()
    {
        _chance = null;
        _planned.Clear();
        _always.Clear();
    }

    internal Fault? Of(string call)
    {
        var number = _calls.AddOrUpdate(call, 1, (_, n) => n + 1);
        var fault = _planned.TryRemove((call, number), out var planned) ? planned
            : _always.TryGetValue(call, out var always) ? always
            : _chance?.Invoke(call);
        if (fault is not null)
        {
            Interlocked.Increment(ref _injected);
        }

        return fault;
    }
}
