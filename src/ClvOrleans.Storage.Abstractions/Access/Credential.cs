using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Access;

/// <summary>What proves who asks. Its secret is not kept, only the SHA-256 of it.</summary>
public sealed record Credential
{
    /// <summary>What it is found by; part of the secret's text, and no secret itself.</summary>
    public required string Id { get; init; }

    /// <summary>How it is used.</summary>
    public required CredentialKind Kind { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>What it may do.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The store that it is bound to; null for all stores of the installation.</summary>
    public StoreId? Store { get; init; }

    /// <summary>Whose it is, or what it is for; of a key with scope write the source of its events.</summary>
    public required string Name { get; init; }

    /// <summary>The key by which a session or a link was made, and without which it is not valid; null where there was none.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is not valid; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the hour; null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Whether it is valid at a time.</summary>
    public bool IsValid(DateTimeOffset at) => RevokedAt is null && !(ExpiresAt <= at);
}
