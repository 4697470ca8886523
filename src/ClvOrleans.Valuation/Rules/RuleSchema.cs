using System.Collections.Frozen;
using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Rules;

/// <summary>All that rules may ask of a customer.</summary>
/// <typeparam name="T">What rules are asked of.</typeparam>
public sealed class RuleSchema<T>
{
    private readonly FrozenDictionary<string, RuleField<T>> _fields;
    private readonly FrozenDictionary<string, RuleFunction<T>> _functions;

    /// <summary>Makes a schema.</summary>
    /// <param name="currency">The store's currency: amounts are written in its major unit.</param>
    /// <param name="fields">Fields, each name once.</param>
    /// <param name="functions">Functions, each name once; a field may have the same name.</param>
    public RuleSchema(Currency currency, IEnumerable<RuleField<T>> fields, IEnumerable<RuleFunction<T>>? functions = null)
    {
        Currency = currency;
        Fields = [.. fields];
        Functions = [.. functions ?? []];
        _fields = Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _functions = Functions.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The store's currency.</summary>
    public Currency Currency { get; }

    /// <summary>The fields, in the order of documentation.</summary>
    public ImmutableArray<RuleField<T>> Fields { get; }

    /// <summary>The functions, in the order of documentation.</summary>
    public ImmutableArray<RuleFunction<T>> Functions { get; }

    /// <summary>Reads and checks a rule.</summary>
    /// <exception cref="RuleException">It cannot be used: where, why, and what to write.</exception>
    public Rule<T> Parse(string text) => new RuleCompiler<T>(text, this).Compile();

    internal RuleField<T>? FindField(string name) => _fields.GetValueOrDefault(name);

    internal RuleFunction<T>? FindFunction(string name) => _functions.GetValueOrDefault(name);
}
