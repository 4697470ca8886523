namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>Ends the server when the last test has run.</summary>
public sealed class PostgresServerEnd : IDisposable
{
    public void Dispose() => PostgresServer.End();
}
