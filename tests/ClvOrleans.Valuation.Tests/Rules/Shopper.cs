using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>Someone whom rules are asked of; what is null is not known.</summary>
internal sealed record Shopper
{
    public double? Orders { get; init; }

    public double? Visits { get; init; }

    /// <summary>In cents.</summary>
    public long? Spend { get; init; }

    /// <summary>In cents.</summary>
    public long? PredictedValue { get; init; }

    public string? Country { get; init; }

    public string? Plan { get; init; }

    public bool? IsMember { get; init; }

    public DateOnly? LastSeen { get; init; }

    public DateOnly? Today { get; init; }

    public IReadOnlySet<string>? Categories { get; init; }

    /// <summary>The schema of rules on shoppers, in US dollars.</summary>
    public static RuleSchema<Shopper> Schema { get; } = new(
        Currency.Of("USD"),
        [
            new("orders", "Orders", RuleExpressions.OfNumber<Shopper>(s => s.Orders ?? double.NaN)),
            new("visits", "Visits", RuleExpressions.OfNumber<Shopper>(s => s.Visits ?? double.NaN)),
            new("spend", "Spend", RuleExpressions.OfMoney<Shopper>(s => s.Spend ?? double.NaN)),
            new("predictedValue", "Value", RuleExpressions.OfMoney<Shopper>(s => s.PredictedValue ?? double.NaN)),
            new("country", "Country", RuleExpressions.OfText<Shopper>(s => s.Country)),
            new("isMember", "Membership", RuleExpressions.OfBool<Shopper>(s => TruthOf(s.IsMember))),
            new("lastSeen", "Last day", RuleExpressions.OfTime<Shopper>(s => s.LastSeen)),
            new("today", "Today", RuleExpressions.OfTime<Shopper>(s => s.Today)) { Path = TimePath.OneWay },
            new("categories", "Categories bought", RuleExpressions.OfSet<Shopper>(s => s.Categories)),
        ],
        [
            new("trait", "A trait", name => name == "plan"
                ? RuleExpressions.OfText<Shopper>(s => s.Plan)
                : throw new FormatException($"There is no trait '{name}'; there is plan.")),
        ]);

    private static Truth TruthOf(bool? value) => value switch { null => Truth.Unknown, true => Truth.True, _ => Truth.False };
}
