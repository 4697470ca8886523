using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>A model that says why its estimates are what they are.</summary>
public interface IExplainedModel : IValueModel
{
    /// <summary>
    /// What each input adds to <see cref="IValueModel.Estimate"/>'s value for the same arguments, in the order in which the model lists its
    /// inputs. Made by <see cref="Explanation.Of"/>, so that the amounts add up to the minor unit.
    /// </summary>
    Explanation Explain(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon);

    /// <summary>Whether events of a kind can move its estimates at all; those that cannot are not asked about one by one.</summary>
    bool Reads(EventKind kind);
}
