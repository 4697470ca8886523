using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Watches;

/// <summary>How a customer stands with one watch.</summary>
/// <param name="Subject">Who watches.</param>
/// <param name="Entry">How often the customer entered, moved, or did what is watched.</param>
/// <param name="Since">Since when the rule holds; null while it does not, and for watches of values and events.</param>
/// <param name="Anchor">The predicted value that the next move is measured from; null for other watches.</param>
public sealed record WatchStanding(
    WatchSubject Subject,
    int Entry,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Anchor = null)
{
    /// <summary>Whether the rule holds.</summary>
    [JsonIgnore]
    public bool Holds => Since is not null;
}
