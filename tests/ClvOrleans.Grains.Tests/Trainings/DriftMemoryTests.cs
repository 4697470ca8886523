using System.Reflection;
using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.Trainings;

public sealed class DriftMemoryTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Many = 20_000;

    [Fact]
    public async Task A_drift_report_holds_no_buyer_once_the_next_is_read()
    {
        var store = cluster.NewStore();
        var today = AnyStore.SettingsOf(store).DayOf(cluster.Time.GetUtcNow());
        await new Buyers(cluster.Journal, store, today).AddAsync(1, new(2025, 6, 1), today);
        var sample = await cluster.Rows.SummariesAsync(store).FirstAsync();
        var heads = DispatchProxy.Create<ICustomerRows, ManyBuyers>();
        var many = (ManyBuyers)(object)heads;
        many.Sample = sample;
        var reports = ActivatorUtilities.CreateInstance<DriftReports>(
            cluster.Cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress), heads);

        await reports.MakeAsync(store, PriorModel.Version, keepsPredictions: true);
        Assert.InRange(many.MostAlive, 1, 10);
    }

    /// <summary>Buyers of whom nobody else has a reference, and how many of them are alive when many were read.</summary>
    public class ManyBuyers : DispatchProxy
    {
        private readonly List<WeakReference> _read = [];

        public CustomerSummary Sample { get; set; } = null!;

        public int MostAlive { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(ICustomerRows.SummariesAsync) => ReadAsync(),
            nameof(ICustomerRows.SumAsync) =>
                Task.FromResult<IReadOnlyDictionary<SegmentCell, SegmentSums>>(new Dictionary<SegmentCell, SegmentSums>()),
            _ => throw new NotSupportedException(),
        };

        private async IAsyncEnumerable<CustomerSummary> ReadAsync()
        {
            for (var i = 0; i < Many; i++)
            {
                if (i % 5_000 == 4_999)
                {
                    GC.Collect();
                    MostAlive = Math.Max(MostAlive, _read.Count(r => r.IsAlive));
                }

                yield return Make();
                await Task.CompletedTask;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private CustomerSummary Make()
        {
            var summary = Sample with { };
            _read.Add(new WeakReference(summary));
            return summary;
        }
    }
}
