using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What one caller did, once or several times within a second.</summary>
internal sealed record AuditReply
{
    /// <summary>Number of the entry.</summary>
    public long Id { get; init; }

    /// <summary>When, the first time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Id of the key or the session; nobody where none was valid.</summary>
    public required string Caller { get; init; }

    /// <summary>What the key is for, or who was signed in.</summary>
    public required string Name { get; init; }

    /// <summary>Read, Change, Export or Erase.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Operation { get; init; }

    /// <summary>What the address named, such as a policy.</summary>
    public required string Target { get; init; }

    /// <summary>Pseudonyms of the customers that it was about; customer=ID finds those of one.</summary>
    public required IReadOnlyList<string> Customers { get; init; }

    /// <summary>How often.</summary>
    public long Count { get; init; }

    /// <summary>How it was answered.</summary>
    public int Status { get; init; }

    public static AuditReply Of(AuditEntry entry) => new()
    {
        Id = entry.Id,
        At = entry.At,
        Caller = entry.Caller,
        Name = entry.Name,
        Action = entry.Action,
        Operation = entry.Operation,
        Target = entry.Target,
        Customers = entry.Customers,
        Count = entry.Count,
        Status = entry.Status,
    };
}
