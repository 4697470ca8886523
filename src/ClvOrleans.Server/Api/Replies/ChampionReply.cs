namespace ClvOrleans.Server.Api.Replies;

/// <summary>The promoted model.</summary>
/// <param name="Champion">Its id.</param>
/// <param name="Generation">Counts the changes of champion, from 1.</param>
internal sealed record ChampionReply(string Champion, int Generation);
