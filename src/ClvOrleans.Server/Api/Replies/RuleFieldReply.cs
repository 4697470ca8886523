namespace ClvOrleans.Server.Api.Replies;

/// <summary>Something that rules may ask for.</summary>
/// <param name="Name">Its name; that of a function is followed by <c>('...')</c>.</param>
/// <param name="Type">Number, Money, Text, Bool, Time or Set; null for a function, whose type depends on its text.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="MovesWithTime">Whether it may change as days pass, without an event.</param>
internal sealed record RuleFieldReply(string Name, string? Type, string Meaning, bool MovesWithTime);
