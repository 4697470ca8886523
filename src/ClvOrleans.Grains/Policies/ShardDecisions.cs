using ClvOrleans.Grains.Runs;

namespace ClvOrleans.Grains.Policies;

/// <summary>A shard that a silo decides for.</summary>
/// <param name="shard">Its number.</param>
/// <param name="run">What decides.</param>
/// <param name="stopping">When the silo stops.</param>
internal sealed class ShardDecisions(int shard, DecisionRun run, CancellationToken stopping) : IDisposable
{
    public int Shard => shard;

    public DecisionRun Run => run;

    /// <summary>Runs of this shard by itself. While one is under way, it is in no round.</summary>
    public CoalescedRuns Alone { get; } = new(run.RunAsync, stopping);

    public void Dispose() => Alone.Dispose();
}
