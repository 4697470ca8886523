using System.Diagnostics;
using ClvOrleans.Benchmarks.Ingest;
using ClvOrleans.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Benchmarks.Erasures;

/// <summary>Sends batches, one after the other, until it is disposed.</summary>
internal sealed class SteadySender : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Task _sending;
    private List<double> _milliseconds = [];

    public SteadySender(IServiceProvider services) => _sending = Task.Run(() => SendAsync(services.GetRequiredService<EventRouter>()));

    /// <summary>What senders noticed since the last report.</summary>
    public void Report(string when)
    {
        List<double> now;
        lock (_lock)
        {
            (now, _milliseconds) = (_milliseconds, []);
        }

        if (now.Count > 0)
        {
            IngestBenchmark.Report($"  ingest {when}", now);
            Console.WriteLine(FormattableString.Invariant($"    the slowest batch of {now.Count:N0} {now.Max():f0} ms"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sending;
        _end.Dispose();
    }

    private async Task SendAsync(EventRouter router)
    {
        for (var number = 0; !_end.IsCancellationRequested; number++)
        {
            var events = IngestBenchmark.Read(Batches.Of(number));
            var began = Stopwatch.GetTimestamp();
            var outcomes = await router.RecordAsync(events);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (outcomes.FirstOrDefault(o => o.Kind is OutcomeKind.Failed or OutcomeKind.Refused) is { Code: not null } lost)
            {
                throw new InvalidOperationException($"An event was not recorded: {lost.Code}, {lost.Message}");
            }

            lock (_lock)
            {
                _milliseconds.Add(took);
            }
        }
    }
}
