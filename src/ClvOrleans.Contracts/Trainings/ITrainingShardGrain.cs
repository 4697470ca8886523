using System.Collections.Immutable;
using ClvOrleans.Contracts.Segments;

namespace ClvOrleans.Contracts.Trainings;

/// <summary>
/// Reads the customers of one shard for a training, beside the <see cref="IShardGrain"/>, whose reports a training must not delay.
/// </summary>
[Alias("clv.trainingshard")]
public interface ITrainingShardGrain : IGrainWithStringKey
{
    /// <summary>
    /// The customers who have bought by one of the days, each once, streamed as they are asked for: who stops asking stops the reading.
    /// A stream whose silo has died throws and is not continued elsewhere: read the shard again from its begin.
    /// </summary>
    /// <param name="days">Local days in ascending order, at least one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    [Alias("gather")]
    IAsyncEnumerable<AsOfSnapshotsReply> CollectAsync(ImmutableArray<DateOnly> days, CancellationToken cancellation = default);

    /// <summary>What customers have bought by the end of a day, each who has bought a product once, streamed likewise.</summary>
    /// <param name="until">A local day.</param>
    /// <param name="cancellation">Ends the reading.</param>
    [Alias("baskets")]
    IAsyncEnumerable<BasketsReply> BasketsAsync(DateOnly until, CancellationToken cancellation = default);
}
