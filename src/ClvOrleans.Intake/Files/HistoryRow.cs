using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// What came of some lines of a file: an event, or a refusal. The <see cref="Lines"/> of all rows are those of the file's body, each once.
/// </summary>
public sealed record HistoryRow
{
    private HistoryRow(IReadOnlyList<long> lines) => Lines = lines;

    /// <summary>Numbers of the lines that it is made of, from 1 and with the header; none for a further event of the same lines.</summary>
    public IReadOnlyList<long> Lines { get; }

    /// <summary>Whose event it is.</summary>
    public CustomerId Customer { get; private init; }

    /// <summary>The anonymous id that came along.</summary>
    public CustomerId? Visitor { get; private init; }

    /// <summary>The former id of an alias.</summary>
    public string? Previous { get; private init; }

    /// <summary>The event; null for a refusal.</summary>
    public CustomerEvent? Event { get; private init; }

    /// <summary>The refusal; null for an event.</summary>
    public HistoryRefusal? Refusal { get; private init; }

    /// <summary>The order in the file's currency, where it counts.</summary>
    internal FileOrder? Order { get; init; }

    /// <summary>What was read otherwise than it is written, or left out; the event counts.</summary>
    public IReadOnlyList<EventNote> Notes { get; init; } = [];

    internal static HistoryRow Of(
        CustomerId customer, CustomerEvent e, IReadOnlyList<long> lines, CustomerId? visitor = null, string? previous = null) =>
        new(lines) { Customer = customer, Event = e, Visitor = visitor, Previous = previous };

    internal static HistoryRow Of(HistoryRefusal refusal, IReadOnlyList<long> lines) => new(lines) { Refusal = refusal };
}
