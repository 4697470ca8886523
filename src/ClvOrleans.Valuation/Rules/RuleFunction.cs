namespace ClvOrleans.Valuation.Rules;

/// <summary>Something that rules may ask of a customer by a name and a text in quotes, such as <c>trait('plan')</c>.</summary>
/// <typeparam name="T">What rules are asked of.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is, for people.</param>
/// <param name="Bind">The expression for a text; throws a <see cref="FormatException"/>
/// that says what there is, where there is nothing of that text.</param>
public sealed record RuleFunction<T>(string Name, string Meaning, Func<string, RuleExpression<T>> Bind)
{
    /// <summary>A text that it takes.</summary>
    public string Example { get; init; } = "...";

    /// <summary>How its values change as days pass, without an event.</summary>
    public TimePath Path { get; init; }
}
