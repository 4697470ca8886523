using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>
/// An open customer keeps of a snapshot which version is stored, and none of its bytes: they have all of it in their fold.
/// </summary>
public sealed class HeldSnapshotTests
{
    private static readonly StoreSettings Store = AnyStore.SettingsOf(new StoreId("held"));
    private static readonly CustomerOptions Options = new() { SnapshotEvery = 1 };
    private readonly OneState _stored = new();

    [Fact]
    public async Task What_was_written_is_not_held()
    {
        var id = CustomerId.OfUser(Store.Id, "anna");
        var cache = new SnapshotCache(
            new SnapshotStorage(_stored, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System,
                NullLogger<SnapshotStorage>.Instance),
            GrainId.Create("customer", "anna"), id, Store);
        var fold = new CustomerFold(Store, Options);
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(cache, fold, id, i);
            Assert.False(IsHeld());
        }

        Assert.Equal(["", "1", "2"], _stored.Replaced);
        GC.KeepAlive(cache);
    }

    private static Task AddAsync(SnapshotCache cache, CustomerFold fold, CustomerId customer, int number)
    {
        fold.Add(Sent.Order(customer, $"{number}", 1).Event);
        return cache.SaveAsync(fold);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsHeld()
    {
        GC.Collect();
        return _stored.Written!.TryGetTarget(out _);
    }

    /// <summary>A storage that knows what was written last only as long as somebody else does.</summary>
    private sealed class OneState : IGrainStorage
    {
        public WeakReference<object>? Written { get; private set; }

        public List<string> Replaced { get; } = [];

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Replaced.Add(grainState.ETag ?? "");
            Written = new WeakReference<object>(grainState.State!);
            (grainState.ETag, grainState.RecordExists) = ($"{Replaced.Count}", true);
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
