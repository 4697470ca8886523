using System.Text;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Intake;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Demo;

/// <summary>Brings what has happened so far into the store, through the path that every event takes.</summary>
internal static class DemoHistory
{
    private const int Batch = 500;

    /// <summary>Records the events after the demo's position and up to now; how many there were.</summary>
    public static async Task<long> RecordAsync(
        TrackingIntake tracking, string source, SimulatedStore store, DateTimeOffset after, DateTimeOffset now, Action<double> progress,
        CancellationToken cancellation)
    {
        var count = 0L;
        var batches = store.Events().SkipWhile(e => e.At <= after).TakeWhile(e => e.At <= now).Chunk(Batch);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 4 * Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(batches, parallel, async (batch, stop) =>
        {
            var reply = await tracking.AcceptAsync(new ReceivedBatch(null, default, default, [.. batch.Select(Parse)], null), source, stop);
            if (reply.Quarantined.Concat(reply.Failed).FirstOrDefault() is { } bad)
            {
                throw new InvalidOperationException($"The store did not take a simulated event: {bad.Code}: {bad.Message}");
            }

            Interlocked.Add(ref count, batch.Length);
            progress((batch[^1].At - after) / (now - after));
        });
        return count;
    }

    private static ReceivedEvent Parse(SimulatedEvent e) => new(Encoding.UTF8.GetBytes(e.ToJson()));
}
