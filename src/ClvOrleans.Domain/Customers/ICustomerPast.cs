using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>What tells a customer as of a day: the events, or snapshots of some days that were collected where the events are.</summary>
internal interface ICustomerPast
{
    /// <summary>Who it is.</summary>
    CustomerId Id { get; }

    /// <summary>The events, in order of time.</summary>
    /// <exception cref="InvalidOperationException">They are not here.</exception>
    ImmutableArray<CustomerEvent> Events { get; }

    /// <summary>The last day up to one of which anything new is known; null where there is none.</summary>
    DateOnly? ChangedOn(DateOnly day);

    /// <summary>The customer at the end of a day; null where nothing has happened by then.</summary>
    AsOfSnapshot? At(DateOnly day);
}
