using System.Runtime.CompilerServices;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>A journal that a training reads only when it is let: it is surely under way until then.</summary>
internal sealed class HeldHistory(IEventHistory history) : IEventHistory
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await _open.Task.WaitAsync(cancellation);
        await foreach (var item in history.ReadAsync(store, shard, cancellation))
        {
            yield return item;
        }
    }
}
