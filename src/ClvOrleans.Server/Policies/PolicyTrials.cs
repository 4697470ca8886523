using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Evaluation;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Policies;

/// <summary>Judges a new policy on the decisions of one that has run, one judgement at a time.</summary>
internal sealed class PolicyTrials(OneStore store, IDecisions decisions, IJournal journal, ICustomerRows rows, TimeProvider time)
{
    /// <summary>The latest decisions that are looked at, at most.</summary>
    public const int Most = 20_000;

    private const int Page = 500;
    private const double Millionths = 1e6;
    private readonly OneAtATime _turn = new();

    /// <summary>The judgement; null while another one is being made.</summary>
    public Task<PolicyEvaluation?> FindAsync(Policy proposed, Policy current, int days, CancellationToken cancellation) =>
        _turn.TryRunAsync(
            async () => new PolicyEvaluator(store.Settings, days).Evaluate(proposed, current, await LogAsync(current, days, cancellation)),
            cancellation);

    private async Task<List<LoggedPolicyDecision>> LogAsync(Policy current, int days, CancellationToken cancellation)
    {
        var (log, settings) = (new List<LoggedPolicyDecision>(), store.Settings);
        var today = settings.DayOf(time.GetUtcNow());
        long? before = null;
        while (log.Count < Most)
        {
            var page = await decisions.QueryAsync(new DecisionQuery(settings.Id, Page, current.Id, Before: before), cancellation);
            foreach (var record in page.Where(r => IsJudged(current, r.Decision) && r.Decision.Inputs.Day.AddDays(days) < today))
            {
                cancellation.ThrowIfCancellationRequested();
                if (await FindAsync(record.Decision, days) is { } logged)
                {
                    log.Add(logged);
                }
            }

            if (page.Count < Page)
            {
                return log;
            }

            before = page[^1].Number;
        }

        return log;
    }

    private static bool IsJudged(Policy policy, Decision decision) => decision.Outcome != DecisionOutcome.Waiting
        && decision.Reason is not (DecisionReason.KillSwitch or DecisionReason.Paused or DecisionReason.Stopped)
        && PolicyFlow.StepAt(policy, decision.Inputs.Occasion.Step) is ActStep;

    // The customer as they were: their events up to the decision, and the estimate that it keeps.
    private async Task<LoggedPolicyDecision?> FindAsync(Decision decision, int days)
    {
        var (inputs, settings) = (decision.Inputs, store.Settings);
        if (await rows.FindAsync(decision.Customer) is not { Contribution.Cell: not null } row)
        {
            return null; // Erased since.
        }

        var entries = await journal.ReadAsync(decision.Customer, 0);
        var known = entries.Where(
            e => decision.Customer == inputs.Customer ? e.Sequence <= inputs.Facts.Sequence : e.Event.At <= inputs.At);
        var summary = CustomerSummary.Of(CustomerState.Fold(known.Select(e => e.Event), settings), settings);
        var contribution = new Contribution(
            inputs.Facts.Sequence, inputs.Facts.Day, inputs.Facts.Generation,
            new SegmentCell(inputs.Facts.Lifecycle, ValueBucket.Of(inputs.Facts.Value)),
            new SegmentSums(
                1, summary.Orders, summary.Gross, summary.Net, summary.MarginAt(settings.MarginBasisPoints), inputs.Facts.Value,
                inputs.Facts.AtRisk, 0, (long)Math.Round((inputs.Facts.Alive ?? 0) * Millionths)))
        {
            Rfm = inputs.Facts.Rfm,
            Cluster = inputs.Facts.Cluster,
        };
        var margin = row.Summary.PurchaseDays.Where(d => d.Day > inputs.Day && d.Day <= inputs.Day.AddDays(days))
            .Aggregate(Money.Zero, (sum, d) => sum + d.Margin);
        return new LoggedPolicyDecision(
            decision, new CustomerFacts(decision.Customer, summary, contribution, inputs.Day, settings), margin);
    }
}
