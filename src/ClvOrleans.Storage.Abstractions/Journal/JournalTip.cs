using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>Where a customer's journal ends.</summary>
/// <param name="Sequence">Number of the last entry; 0 without entries.</param>
/// <param name="MovedTo">Who the customer has become in the end, however many steps lie between; null while they are themselves.</param>
public readonly record struct JournalTip(long Sequence, CustomerId? MovedTo);
