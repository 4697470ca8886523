using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Acquisition;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What customers who are not here yet are worth, by what is known of them first.</summary>
internal sealed record AcquisitionReply
{
    /// <summary>What customers are told apart by: channel or product.</summary>
    public required string By { get; init; }

    /// <summary>The local day as of which customers were read.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Days from the first purchase that count.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>A customer of whom nothing is known; null where nobody has bought.</summary>
    public required Row? All { get; init; }

    /// <summary>The groups, the largest first: at most 200, then (others) and those of whom it is not known.</summary>
    public required ImmutableArray<Row> Groups { get; init; }

    /// <summary>A group of customers.</summary>
    internal sealed record Row
    {
        /// <summary>The channel (source / medium) or the product; null where it is not known.</summary>
        public required string? Name { get; init; }

        /// <summary>How many customers the figures rest on. Those of few customers are drawn towards the store's.</summary>
        public required int Customers { get; init; }

        /// <summary>
        /// Expected value of the next customer in major units: the first purchase, and further ones within the horizon, discounted.
        /// </summary>
        public required decimal Value { get; init; }

        /// <summary>
        /// The central 80 % for that expectation, such as the mean of many customers; what one customer spends varies far more.
        /// </summary>
        public required SpendInterval Interval { get; init; }

        /// <summary>Expected value of the first purchase.</summary>
        public required decimal FirstPurchase { get; init; }

        /// <summary>Expected further purchases within the horizon.</summary>
        public required double RepeatPurchases { get; init; }

        /// <summary>Expected value of each of them.</summary>
        public required decimal SpendPerRepeat { get; init; }

        public static Row Of(AcquisitionGroup group, Currency currency) => new()
        {
            Name = group.Name,
            Customers = group.Customers,
            Value = Major(group.Value, currency),
            Interval = SpendInterval.Of(new(Money.Rounded(group.Lower), Money.Rounded(group.Upper), .8), currency),
            FirstPurchase = Major(group.FirstPurchase, currency),
            RepeatPurchases = group.RepeatPurchases,
            SpendPerRepeat = Major(group.SpendPerRepeat, currency),
        };

        private static decimal Major(double minor, Currency currency) => currency.ToMajor(Money.Rounded(minor));
    }
}
