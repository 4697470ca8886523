using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Rules that are compiled when they are first asked for, and kept. Safe to use from any thread.</summary>
public sealed class CompiledRules
{
    /// <summary>How many are kept: people change them, and those of before are asked for no more.</summary>
    public const int Most = 10_000;

    private readonly BoundedCache<(Currency Currency, string Text), Rule<CustomerFacts>> _rules = new(Most);

    /// <summary>How many are kept now.</summary>
    public int Count => _rules.Count;

    /// <summary>A rule of a store with this currency.</summary>
    /// <exception cref="RuleException">It cannot be used: where, why, and what to write.</exception>
    public Rule<CustomerFacts> Of(Currency currency, string text) => _rules.TryGet((currency, text), out var known)
        ? known
        : _rules.Add((currency, text), CustomerRules.For(currency).Parse(text));
}
