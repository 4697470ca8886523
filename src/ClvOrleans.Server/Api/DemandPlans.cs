using ClvOrleans.Grains.Sales;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The silo's plan of demand. It is made when it is first asked for, and anew when a day is over; what came later of the days before is in
/// the plan that is made, while others use the one before, once that is a quarter of an hour old. That there is none yet is not kept: the
/// first order with a product is in the next answer.
/// </summary>
internal sealed class DemandPlans(OneStore store, StoreSales sales, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);
    private readonly Lock _turn = new();
    private volatile Made? _last;
    private (DateOnly End, Task<Made> Plan)? _making;

    /// <summary>The plan as of yesterday; null where no order names a product.</summary>
    public async Task<DemandPlan?> FindAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var end = store.Settings.DayOf(now).AddDays(-1);
        if (_last is not { Plan: not null } known || known.End != end)
        {
            return (await MakeAsync(end, now).WaitAsync(cancellation)).Plan;
        }

        if (now - known.At > Age)
        {
            _ = MakeAsync(end, now);
        }

        return known.Plan;
    }

    // Those who ask at once wait for one.
    private Task<Made> MakeAsync(DateOnly end, DateTimeOffset now)
    {
        lock (_turn)
        {
            if (_making is not { Plan.IsCompleted: false } making || making.End != end)
            {
                _making = making = (end, Task.Run(async () =>
                {
                    var buyers = await sales.OfAsync(store.Settings.Id, CancellationToken.None);
                    return _last = new Made(DemandPlan.Of([.. buyers.Select(b => b.Sales)], end), end, now);
                }));
            }

            return making.Plan;
        }
    }

    private sealed record Made(DemandPlan? Plan, DateOnly End, DateTimeOffset At);
}
