using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Journal;

/// <summary>One event in a customer's journal.</summary>
/// <param name="Sequence">1, 2, 3, ... within the customer.</param>
/// <param name="Event">The event.</param>
public sealed record JournalEntry(long Sequence, CustomerEvent Event);
