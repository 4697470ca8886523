using System.Text.Json.Serialization;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A key, or the session of somebody who is signed in.</summary>
internal sealed record KeyReply
{
    /// <summary>Its id, by which it is rotated and revoked; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, or who is signed in; of a key with scope write the source of its events.</summary>
    public required string Name { get; init; }

    /// <summary>write, read, act or admin.</summary>
    public required string Scope { get; init; }

    /// <summary>The store that it is for; null for all stores of the installation.</summary>
    public string? Store { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is not valid; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the hour; null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The key itself, shown this once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static KeyReply Of(Credential credential, string? text = null) => new()
    {
        Id = credential.Id,
        Name = credential.Name,
        Scope = credential.Scope.ToString().ToLowerInvariant(),
        Store = credential.Store?.Value,
        CreatedAt = credential.CreatedAt,
        ExpiresAt = credential.ExpiresAt,
        RevokedAt = credential.RevokedAt,
        UsedAt = credential.UsedAt,
        Key = text,
    };
}
