using System.Diagnostics;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Postgres;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>From how many events on COPY is faster than a statement with arrays: each a durable transaction, in turns.</summary>
internal static class EventWays
{
    private const int Turns = 60;

    public static async Task RunAsync(PostgresStore store)
    {
        var number = 0L;
        foreach (var size in new[] { 4, 16, 32, 64, 128, 256, 512 })
        {
            var (insert, copy) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < Turns; turn++)
            {
                insert.Add(await TimeAsync(isCopy: false));
                copy.Add(await TimeAsync(isCopy: true));
            }

            var ratios = insert.Zip(copy, (i, c) => i / c).Order().ToArray();
            Console.WriteLine(FormattableString.Invariant(
                $"{size} events: arrays take {ratios[Turns / 2]:f2} times as long as COPY (quartiles {ratios[Turns / 4]:f2}, {ratios[Turns * 3 / 4]:f2})"));

            async Task<double> TimeAsync(bool isCopy)
            {
                PreparedEvent[] events = [.. Enumerable.Range(0, size).Select(_ => Event(++number))];
                var began = Stopwatch.GetTimestamp();
                await store.Database.WriteAsync(Array.Empty<long>(), async session =>
                {
                    if (isCopy)
                    {
                        await EventWriter.CopyAsync(session, events);
                        return;
                    }

                    await using var batch = session.Begin();
                    EventWriter.Insert(batch, session.Writer, events);
                    await batch.SendAsync();
                });
                return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }
    }

    private static PreparedEvent Event(long number)
    {
        var e = new CustomerEvent
        {
            MessageId = FormattableString.Invariant($"m{number}"),
            Source = "web",
            Kind = EventKind.PageViewed,
            At = DateTimeOffset.UnixEpoch,
        };
        var customer = CustomerId.OfUser(new Domain.Stores.StoreId("ways"), FormattableString.Invariant($"c{number % 5_000}"));
        return new PreparedEvent(customer, number, e, new byte[260]);
    }
}
