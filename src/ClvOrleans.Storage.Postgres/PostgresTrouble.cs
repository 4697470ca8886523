using System.Net.Sockets;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean to whoever runs the service.</summary>
internal static class PostgresTrouble
{
    /// <summary>The trouble of an error; null where it is one of a statement, not of the database.</summary>
    /// <param name="error">The error.</param>
    /// <param name="location">Host, port and database, as messages name them.</param>
    public static StorageTrouble? Of(Exception error, string location) => error switch
    {
        PostgresException e => Of(e, location),
        NpgsqlException { InnerException: TimeoutException } => new(
            $"PostgreSQL at {location} does not answer in time: see to its load and to the network.", CanRead: false, Lasts: false),
        NpgsqlException or SocketException or TimeoutException or ObjectDisposedException => new(
            $"PostgreSQL at {location} cannot be reached: it must be running and accept connections; the service goes on by itself.",
            CanRead: false, Lasts: false),
        _ => null,
    };

    private static StorageTrouble? Of(PostgresException error, string location) => error.SqlState switch
    {
        "42P01" or "42703" or "42883" or "3F000" or "3D000" => new(
            $"The database at {location} lacks a table or column of this version of clv ({error.MessageText}): put back a copy, or "
                + "restart the service to create what is missing.",
            CanRead: false, Lasts: false),
        "53100" => new(
            $"The disk of PostgreSQL at {location} is full: make room; the service goes on by itself.", CanRead: true, Lasts: false),
        "53200" => new(
            $"PostgreSQL at {location} has no memory or no room for locks left: raise max_locks_per_transaction ({error.MessageText}).",
            CanRead: true, Lasts: false),
        "53300" => new(
            $"PostgreSQL at {location} has no connection left: raise max_connections, or lower MostConnections of the silos.",
            CanRead: false, Lasts: false),
        "25006" => new(
            $"PostgreSQL at {location} is read-only, such as a standby: name the primary in the connection string.", CanRead: true,
            Lasts: false),
        "42501" => new(
            $"The user of the connection string may not read or write the tables at {location}: make it their owner.", CanRead: false,
            Lasts: false),
        _ when error.SqlState.StartsWith("28", StringComparison.Ordinal) => new(
            $"PostgreSQL at {location} refuses the user or password of the connection string.", CanRead: false, Lasts: false),
        _ when error.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..] or ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] => new(
            $"PostgreSQL at {location} ended the connection ({error.MessageText}); the service goes on by itself once it accepts new ones.",
            CanRead: false, Lasts: false),
        _ => null,
    };

    /// <summary>Whether a transaction lost against another one and can be tried again as it is.</summary>
    public static bool IsConflict(PostgresException error) => error.SqlState is
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.SerializationFailure;
}
