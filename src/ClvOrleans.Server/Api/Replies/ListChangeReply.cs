namespace ClvOrleans.Server.Api.Replies;

/// <summary>What became of a change of a list.</summary>
/// <param name="List">The list.</param>
/// <param name="Recorded">How many customers joined or left, those who already were there or away included.</param>
/// <param name="Refused">Ids that were not recorded, each with the reason.</param>
internal sealed record ListChangeReply(string List, int Recorded, IReadOnlyList<ListRefusal> Refused);
