namespace ClvOrleans.Server.Api.Replies;

/// <summary>Pseudonyms.</summary>
/// <param name="Ids">Of people, by the id that was asked for.</param>
/// <param name="Orders">Of orders, by the id that was asked for.</param>
internal sealed record PseudonymReply(IReadOnlyDictionary<string, string> Ids, IReadOnlyDictionary<string, string> Orders);
