using ClvOrleans.Grains.Sales;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The silo's plan of demand. It is made when it is first asked for, and anew when a day is over; what came later of the days before is in
/// the plan that is made, while others use the one before, once that is a quarter of an hour old. That there is none yet is not kept: the
/// first order with a product is in the next answer.
/// </summary>
internal sealed class DemandPlans(OneStore store, StoreSales sales, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);
    private readonly SemaphoreSlim _turn = new(1);
    private Made? _last;
    private Task? _next;

    /// <summary>The plan as of yesterday; null where no order names a product.</summary>
    public async Task<DemandPlan?> FindAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var end = store.Settings.DayOf(now).AddDays(-1);
        if (_last is not { Plan: not null } known || known.End != end)
        {
            return (await WaitAsync(end, now, cancellation)).Plan;
        }

        if (now - known.At > Age && (_next is null or { IsCompleted: true }))
        {
            _next = Task.Run(() => WaitAsync(end, now, CancellationToken.None), CancellationToken.None);
        }

        return known.Plan;
    }

    public void Dispose() => _turn.Dispose();

    // Those who ask at once wait for one.
    private async Task<Made> WaitAsync(DateOnly end, DateTimeOffset now, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_last is { Plan: not null } known && known.End == end && now - known.At <= Age)
            {
                return known;
            }

            var buyers = await sales.OfAsync(store.Settings.Id, cancellation);
            var plan = await Task.Run(() => DemandPlan.Of([.. buyers.Select(b => b.Sales)], end), cancellation);
            return _last = new Made(plan, end, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Made(DemandPlan? Plan, DateOnly End, DateTimeOffset At);
}
