namespace ClvOrleans.Server.Api.Replies;

/// <summary>A link that signs in whoever opens it first.</summary>
/// <param name="Link">The link: this service's address as it was asked, and a secret behind the #.</param>
/// <param name="ExpiresAt">Until when it can be opened.</param>
internal sealed record LinkReply(string Link, DateTimeOffset ExpiresAt);
