using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>
/// Why a customer's predicted value is what it is. Money is in major units of the store's currency. A function of the events up to asOf
/// (revision), the model, the market calendar and the horizon, like the value itself.
/// </summary>
internal sealed record CustomerExplanation
{
    /// <summary>The customer's id. Asked by an id that has become part of another customer, it is that customer's.</summary>
    public required string Customer { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The predicted value: baseline and contributions add up to it exactly.</summary>
    public required decimal Value { get; init; }

    /// <summary>What the customer is compared with.</summary>
    public required ExplanationBaseline Baseline { get; init; }

    /// <summary>How the difference is shared out between the inputs: shapley (the average over all orders of adding them).</summary>
    public required string Method { get; init; }

    /// <summary>What each input of the model adds.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }

    /// <summary>The value before the first move, on that day.</summary>
    public required decimal MovedFrom { get; init; }

    /// <summary>How the value moved since, the oldest move first: movedFrom and their changes add up to the value exactly.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }

    /// <summary>How many days the prediction looks ahead, 1 to 3,650.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The local calendar day of the store for which the value holds.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Number of the customer's events that the figures rest on: those up to asOf.</summary>
    public required long Revision { get; init; }

    /// <summary>The model that made the prediction, and by which all moves are valued.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The content of the market calendar that the model could read.</summary>
    public required string MarketVersion { get; init; }

    public static CustomerExplanation Of(
        CustomerId customer, long revision, Explanation why, ValueAttribution moves, string model, string market, DateOnly asOf,
        Horizon horizon, StoreSettings store) => new()
        {
            Customer = customer.Id,
            Currency = store.Currency.Code,
            Value = store.Currency.ToMajor(why.Value),
            Baseline = new ExplanationBaseline(store.Currency.ToMajor(why.Baseline), why.BaselineMeaning),
            Method = why.Method,
            Contributions = [.. why.Contributions.Select(c => Contribution.Of(c, store.Currency))],
            MovedFrom = store.Currency.ToMajor(moves.Start),
            Moves = [.. moves.Moves.Select(m => Move.Of(m, store.Currency))],
            HorizonDays = horizon.Days,
            AsOf = asOf,
            Revision = revision,
            ModelVersion = model,
            MarketVersion = market,
        };
}
