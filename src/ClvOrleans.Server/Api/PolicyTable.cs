using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Api;

/// <summary>What each policy did and cost, and what it brought where its holdout tells.</summary>
internal static class PolicyTable
{
    private static readonly ReportColumn[] Columns =
    [
        new("policy", ColumnKind.Text, "The policy."),
        new("mode", ColumnKind.Text, "Shadow, Live, Paused or Stopped."),
        new("acted", ColumnKind.Count, "Decisions that acted."),
        new("heldOut", ColumnKind.Count, "Decisions that held a customer out, to measure the others by."),
        new("shadow", ColumnKind.Count, "Decisions that would have acted."),
        new("suppressed", ColumnKind.Count, "Decisions not to act that are still kept."),
        new("cost", ColumnKind.Amount, "What its actions cost; what was given back is not in it."),
        new("measuredTreated", ColumnKind.Count, "Customers who got it and whose window is over."),
        new("measuredHeldOut", ColumnKind.Count, "Customers who were held out and whose window is over."),
        new("marginPerCustomer", ColumnKind.Number, "Incremental margin for each customer who got it; null while it cannot be told."),
        new("lower", ColumnKind.Number, "Lower end of its confidence interval."),
        new("upper", ColumnKind.Number, "Upper end."),
        new("marginTotal", ColumnKind.Number, "marginPerCustomer times the customers who got it."),
        new("problem", ColumnKind.Text, "Why it is not measured; null where it is."),
    ];

    public static ReportTable Of(
        PolicyBook book, IReadOnlyList<DecisionCount> counts, IReadOnlyList<PolicyEffectReading> readings, StoreSettings store,
        DateOnly today)
    {
        var measured = readings.ToDictionary(r => r.Subject, StringComparer.Ordinal);
        return new ReportTable
        {
            Report = "policies",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. book.All.OrderBy(p => p.Id.Value, StringComparer.Ordinal).Select(p => Row(
                    p, [.. counts.Where(c => c.Policy == p.Id)], measured.GetValueOrDefault(PolicyEffects.SubjectOf(p.Id)), store)),
            ],
        };
    }

    private static object?[] Row(PolicyRecord policy, DecisionCount[] counts, PolicyEffectReading? reading, StoreSettings store)
    {
        var margin = reading?.Margin;
        return
        [
            policy.Id.Value, policy.Mode.ToString(), Of(DecisionOutcome.Acted), Of(DecisionOutcome.HeldOut), Of(DecisionOutcome.Shadow),
            Of(DecisionOutcome.Suppressed), store.Currency.ToMajor(counts.Aggregate(Money.Zero, (sum, c) => sum + c.Cost)),
            reading?.Treated, reading?.HeldOut, margin?.Estimate, margin?.Interval.Lower, margin?.Interval.Upper,
            margin?.Estimate * reading?.Treated,
            reading is null ? "not measured yet" : reading.Problem,
        ];

        long Of(DecisionOutcome outcome) => counts.Where(c => c.Outcome == outcome).Sum(c => c.Decisions);
    }
}
