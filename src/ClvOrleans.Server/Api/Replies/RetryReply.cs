namespace ClvOrleans.Server.Api.Replies;

/// <summary>What is sent again.</summary>
/// <param name="Revived">How many dead deliveries wait again.</param>
internal sealed record RetryReply(int Revived);
