using System.Collections.Immutable;

namespace ClvOrleans.Storage.Postgres.Inspections;

/// <summary>What a database says of itself to whoever looks after it.</summary>
/// <param name="Location">Host, port and database.</param>
/// <param name="Version">Major version of the server.</param>
/// <param name="Settings">Settings that matter, by name.</param>
/// <param name="IsStandby">Whether it can only be read.</param>
/// <param name="Ahead">By how much its clock is ahead of this machine's; half of the time that the question took is the error.</param>
/// <param name="Error">Half of the time that the question took.</param>
/// <param name="Missing">Migrations of this version that are not applied.</param>
/// <param name="Unknown">Migrations that this version does not know.</param>
/// <param name="IsHalfCopied">Whether a copy into it has not ended.</param>
/// <param name="Silos">The members of the cluster that are not dead.</param>
public sealed record PostgresInspection(
    string Location, int Version, ImmutableDictionary<string, string> Settings, bool IsStandby, TimeSpan Ahead, TimeSpan Error,
    ImmutableArray<string> Missing, ImmutableArray<string> Unknown, bool IsHalfCopied, ImmutableArray<PostgresMember> Silos);
