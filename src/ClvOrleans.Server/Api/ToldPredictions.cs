using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Server.Api;

/// <summary>
/// Which predictions are told where the store has a smallest group: those of all buyers and of lifecycles that are large enough, and none
/// of own segments, of which one may be all of another but one customer.
/// </summary>
internal static class ToldPredictions
{
    public static IReadOnlyList<PredictedTotal> Of(IReadOnlyList<PredictedTotal> totals, int smallest) => smallest < 2
        ? totals
        :
        [
            .. totals.Where(t => !t.Group.StartsWith(PredictedTotal.Own, StringComparison.Ordinal))
                .GroupBy(t => (t.Model, t.MadeOn, t.Days))
                .SelectMany(made =>
                {
                    var small = SmallGroups.Of(
                        made.Where(t => t.Group != PredictedTotal.Store).Select(t => KeyValuePair.Create(t.Group, t.Customers)), smallest);
                    return made.Where(t => !small.Contains(t.Group) && SmallGroups.MayTell(t.Customers, smallest));
                }),
        ];
}
