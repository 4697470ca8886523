namespace ClvOrleans.Valuation.Rules;

/// <summary>Something that rules may ask of a customer by name.</summary>
/// <typeparam name="T">What rules are asked of.</typeparam>
/// <param name="Name">Its name: a letter or underscore, then letters, digits, underscores and points.</param>
/// <param name="Meaning">What it is, for people.</param>
/// <param name="Expression">Its type, and how it is read.</param>
public sealed record RuleField<T>(string Name, string Meaning, RuleExpression<T> Expression)
{
    /// <summary>How it changes as days pass, without an event.</summary>
    public TimePath Path { get; init; }

    /// <summary>Whether it changes as days pass, without an event.</summary>
    public bool MovesWithTime => Path != TimePath.Still;
}
