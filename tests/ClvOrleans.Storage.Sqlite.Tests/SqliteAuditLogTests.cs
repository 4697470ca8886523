using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>The audit log is append-only for whoever writes to the database, not only by its port.</summary>
public sealed class SqliteAuditLogTests
{
    [Theory]
    [InlineData("UPDATE audit_log SET name = ''")]
    [InlineData("DELETE FROM audit_log")]
    public async Task An_entry_is_neither_changed_nor_removed(string sql)
    {
        await using var open = await new SqliteEngine().OpenAsync(Guid.NewGuid().ToString("N"), new DeadLetterOptions());
        var log = open.Services.GetRequiredService<IAuditLog>();
        await log.AppendAsync([Sample.Audit("k1")]);
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => open.Services.GetRequiredService<SqliteWriter>().WriteAsync(session => { session.Run(sql); }));
        Assert.Contains("append-only", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("reports", Assert.Single(await log.ListAsync(new AuditQuery(Sample.Shop), long.MaxValue, 10)).Name);
    }
}
