using System.Reflection;
using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Tests.Trainings;

public sealed class DriftMemoryTests : IAsyncDisposable
{
    private const int Buyers = 20_000;
    private readonly Shop _shop = new();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_drift_report_holds_no_buyer_once_the_next_is_read()
    {
        await _shop.AddBuyersAsync(1, new(2025, 6, 1), _shop.Today);
        var sample = await _shop.Rows.SummariesAsync(_shop.Id).FirstAsync();
        var heads = DispatchProxy.Create<ICustomerRows, ManyBuyers>();
        var many = (ManyBuyers)(object)heads;
        many.Sample = sample;
        var watch = new DriftWatch(_shop.Store, _shop.Jobs, heads, _shop.Registry, _shop.Markets, _shop.Predictions, _shop.Time);

        await watch.CheckAsync(CancellationToken.None);
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
            nameof(ICustomerRows.SumAsync) => Task.FromResult<IReadOnlyDictionary<SegmentCell, SegmentSums>>(new Dictionary<SegmentCell, SegmentSums>()),
            _ => throw new NotSupportedException(),
        };

        private async IAsyncEnumerable<CustomerSummary> ReadAsync()
        {
            for (var i = 0; i < Buyers; i++)
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
