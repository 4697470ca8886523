namespace ClvOrleans.Storage.Deliveries;

/// <summary>Whether somebody is in an audience, as it was looked at.</summary>
/// <param name="Mark">Who, and all that had happened by then.</param>
/// <param name="IsIn">Whether they are in it.</param>
/// <param name="Until">Until when; null for ever.</param>
public sealed record AudienceMember(AudienceMark Mark, bool IsIn, DateTimeOffset? Until = null);
