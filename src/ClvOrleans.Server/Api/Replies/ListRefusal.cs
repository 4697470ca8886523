namespace ClvOrleans.Server.Api.Replies;

/// <summary>A customer whose list was not changed.</summary>
/// <param name="Customer">The id as sent.</param>
/// <param name="Code">The reason, for programs.</param>
/// <param name="Message">The reason, for people.</param>
internal sealed record ListRefusal(string Customer, string Code, string Message);
