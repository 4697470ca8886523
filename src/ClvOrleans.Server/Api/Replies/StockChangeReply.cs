namespace ClvOrleans.Server.Api.Replies;

/// <summary>What was taken in.</summary>
/// <param name="Statements">How many statements.</param>
internal sealed record StockChangeReply(int Statements);
