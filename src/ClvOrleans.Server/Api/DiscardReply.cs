namespace ClvOrleans.Server.Api;

/// <summary>What was discarded.</summary>
/// <param name="Discarded">How many refused events.</param>
internal sealed record DiscardReply(long Discarded);
