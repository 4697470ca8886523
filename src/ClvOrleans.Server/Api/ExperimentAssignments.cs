using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>Gives arms, and keeps that they are shown. Who is known to be exposed is found by two reads and no write.</summary>
internal sealed class ExperimentAssignments(
    OneStore store, IExperiments experiments, IExposures exposures, ICustomerRows rows, IJournal journal, TimeProvider time)
{
    private readonly CompiledRules _rules = new();

    /// <summary>The arm of somebody; null where there is no such experiment.</summary>
    public async Task<AssignmentReply?> FindAsync(string id, AssignmentBody asked, CancellationToken cancellation)
    {
        var settings = store.Settings;
        if (!ExperimentId.IsValid(id) || await experiments.FindAsync(settings.Id, new ExperimentId(id), cancellation) is not { } record)
        {
            return null;
        }

        var customer = asked.Customer is { } user ? settings.UserOf(user).Canonical()
            : settings.VisitorOf(asked.Visitor!);
        var subject = Exposure.SubjectOf(record.Definition.Id);
        if (record.State != ExperimentState.Draft && await exposures.FindAsync(customer, subject, cancellation) is { } known)
        {
            return new AssignmentReply(known.Arm, true, "Exposed", known.At);
        }

        var now = time.GetUtcNow();
        if (!record.ExposesAt(now))
        {
            return new AssignmentReply(record.Definition.Control, false, "NotRunning");
        }

        customer = (await journal.FindTipAsync(customer, cancellation)).MovedTo ?? customer;
        if (record.Definition.Unit == ExperimentUnit.Customer && customer.Kind != CustomerKind.Customer)
        {
            return new AssignmentReply(record.Definition.Control, false, "Visitor");
        }

        var row = await rows.FindAsync(customer, cancellation);
        if (record.Definition.Audience is { } audience && !IsIn(audience, row, settings.DayOf(now)))
        {
            return new AssignmentReply(record.Definition.Control, false, "NotInAudience");
        }

        var arm = Assignment.ArmOf(record.Definition.AssignmentSalt, customer, record.Allocation);
        if (!asked.Expose)
        {
            return new AssignmentReply(arm, false, "Assigned");
        }

        var kept = await exposures.ExposeAsync(ExposureOf(record, customer, arm, row, now), cancellation);
        return new AssignmentReply(kept.Arm, true, "Exposed", kept.At);
    }

    private Exposure ExposureOf(ExperimentRecord record, CustomerId customer, string arm, CustomerRow? row, DateTimeOffset now) => new()
    {
        Subject = Exposure.SubjectOf(record.Definition.Id),
        Unit = customer.ToText(),
        Customer = customer,
        Arm = arm,
        Split = record.Split,
        At = now,
        Until = store.Settings.DayOf(now).AddDays(record.Definition.MaturityDays),
        Predicted = row?.Contribution.Sums.Predicted.Share(store.Settings.MarginBasisPoints) ?? Money.Zero,
        Segment = row?.Contribution.Cell is { } cell ? SegmentNames.Format(cell.Lifecycle) : "",
    };

    private bool IsIn(string audience, CustomerRow? row, DateOnly today) => row is not null
        && _rules.Of(store.Settings.Currency, audience)
            .Holds(new CustomerFacts(row.Id, row.Summary, row.Contribution, today, store.Settings));
}
