using System.Diagnostics;
using System.Globalization;

namespace ClvOrleans.Reliability.Tests.Soak;

/// <summary>
/// Events of customers who come, have a life of events, few of them orders, and never come back: always as many of them, so that what a
/// silo has to remember of them stays the same. As fast as they are acknowledged, or so many a second.
/// </summary>
/// <param name="addresses">Where they are sent to, in turn.</param>
internal sealed class Load(IReadOnlyList<Uri> addresses) : IDisposable
{
    // A customer in memory keeps the keys of the latest events, by default of 512, and something of each event: a life is longer than that.
    private const int Customers = 200;
    private const int Life = 1_500;
    private const int Senders = 9;
    private const int BatchSize = 50;
    private readonly Client[] _clients = [.. Enumerable.Range(0, Senders).Select(i => new Client(addresses[i % addresses.Count]))];
    private long _next;
    private long _acknowledged;

    /// <summary>How many events were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Sends for so long; how many events were acknowledged a second.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="rate">Events a second; null for as many as are taken.</param>
    public async Task<double> SendAsync(TimeSpan duration, double? rate = null)
    {
        var (clock, before) = (Stopwatch.StartNew(), Acknowledged);
        await Task.WhenAll(_clients.Select(async (client, sender) =>
        {
            for (var sent = 0; clock.Elapsed < duration; sent++)
            {
                // Each sender at its own beat: one that was late catches up.
                var due = rate is { } r ? TimeSpan.FromSeconds(((sent * Senders) + sender) * BatchSize / r) : TimeSpan.Zero;
                if (due > clock.Elapsed)
                {
                    await Task.Delay(due - clock.Elapsed);
                }

                await client.AcknowledgedAsync(Batch());
                Interlocked.Add(ref _acknowledged, BatchSize);
            }
        }));
        return (Acknowledged - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Sends as many as are taken until the last customer of the beginning has gone.</summary>
    public async Task FillAsync()
    {
        while (Acknowledged < Customers * Life)
        {
            await SendAsync(TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => Array.ForEach(_clients, c => c.Dispose());

    private IEnumerable<object> Batch()
    {
        var first = Interlocked.Add(ref _next, BatchSize);
        for (var i = first; i < first + BatchSize; i++)
        {
            // A prime: everybody comes, and nobody twice in a batch. They go one by one.
            var place = i * 7_919 % Customers;
            var (user, id) = (
                $"s{place}-{((i / Customers) + (place * Life / Customers)) / Life}", i.ToString(CultureInfo.InvariantCulture));
            var (name, properties) = i % 199 == 0
                ? ("Order Completed", $$"""{"order_id":"o{{id}}","revenue":{{20 + (i % 30)}}}""")
                : ("Product Viewed", $$"""{"product_id":"p{{i % 300}}","category":"a"}""");
            yield return $$"""{"type":"track","userId":"{{user}}","messageId":"m{{id}}","event":"{{name}}","properties":{{properties}}}""";
        }
    }
}
