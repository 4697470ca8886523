using System.Collections.Concurrent;
using System.Reflection;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>An event that stays on its silo is one object from the router to the journal.</summary>
public sealed class LocalCallTests(LocalCallTests.WatchedCluster cluster) : IClassFixture<LocalCallTests.WatchedCluster>
{
    [Fact]
    public async Task A_call_within_a_silo_copies_no_event()
    {
        var customer = CustomerId.OfUser(cluster.NewStore(), "anna");
        var first = cluster.Grains.GetCustomer(customer);
        await first.RecordAsync(new RecordEvents([Sent.Event("a", EventKind.PageViewed, 0)]));
        var host = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress((IAddressable)first);
        var silo = cluster.Silos.ToList().FindIndex(s => s.SiloAddress.Equals(host));

        var sent = Sent.Event("b", EventKind.PageViewed, 1);
        await cluster.Service<IGrainFactory>(silo).GetCustomer(customer).RecordAsync(new RecordEvents([sent]));

        Assert.Contains(cluster.Committed, e => ReferenceEquals(e, sent));
    }

    public sealed class WatchedCluster : StoreCluster
    {
        internal ConcurrentQueue<CustomerEvent> Committed { get; } = [];

        protected override void Configure(IServiceCollection services) => services.AddSingleton(Watch.Before(Journal, Committed));
    }

    /// <summary>Sees what is committed.</summary>
    public class Watch : DispatchProxy
    {
        private IJournal _journal = null!;
        private ConcurrentQueue<CustomerEvent> _committed = null!;

        internal static IJournal Before(IJournal journal, ConcurrentQueue<CustomerEvent> committed)
        {
            var proxy = Create<IJournal, Watch>();
            (((Watch)(object)proxy)._journal, ((Watch)(object)proxy)._committed) = (journal, committed);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            foreach (var e in args!.OfType<CustomerCommit>().SelectMany(c => c.Events))
            {
                _committed.Enqueue(e);
            }

            return targetMethod!.Invoke(_journal, BindingFlags.DoNotWrapExceptions, null, args, null);
        }
    }
}
