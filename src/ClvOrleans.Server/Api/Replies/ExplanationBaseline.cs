namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a customer's value is compared with.</summary>
/// <param name="Value">The value of the one compared with, in major units of the store's currency.</param>
/// <param name="Meaning">Who that is.</param>
internal sealed record ExplanationBaseline(decimal Value, string Meaning);
