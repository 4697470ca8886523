using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Access;

/// <summary>
/// Keeps who asked and changed what under <c>/api</c>, who exported and erased what anywhere, and who was refused. Nothing but a read is
/// answered before it is in the log.
/// </summary>
internal sealed class Auditing(AuditLedger ledger, StoreDirectory stores)
{
    private const string Nobody = "nobody";
    private const int LongestTarget = 200;

    /// <summary>Keeps a request when its answer starts.</summary>
    public void Follow(HttpContext context, AccessRule rule, Caller? caller)
    {
        if (!context.Request.Path.StartsWithSegments("/api") && rule.Action is AuditAction.Read or AuditAction.Change)
        {
            return;
        }

        context.Response.OnStarting(() => KeepAsync(context, rule, caller));
    }

    private Task KeepAsync(HttpContext context, AccessRule rule, Caller? caller)
    {
        var store = caller?.Store ?? StoreOfRequest.FindOrFirst(context, stores);
        var customer = caller is null ? null : CustomerOf(context, store);
        var status = context.Response.StatusCode;
        var isFull = ledger.Note(
            new AuditLedger.Deed(
                store, caller?.Id ?? Nobody, caller?.Name ?? "", rule.Action, rule.Operation,
                caller is null ? "" : TargetOf(context, customer), status),
            customer);
        return rule.Action != AuditAction.Read && status < StatusCodes.Status400BadRequest ? ledger.FlushAsync()
            : isFull ? ledger.TryFlushAsync() // Where the store can only be read, reads go on, and the log keeps what it has room for.
            : Task.CompletedTask;
    }

    // Whoever asks by the id or by its pseudonym asks about the same customer.
    private string? CustomerOf(HttpContext context, StoreId store) => RawPath.FindCustomer(context) is { } id
        ? stores.TryFind(store)?.Settings.KeptId(id) ?? id
        : null;

    // What the address names beside customers.
    private static string TargetOf(HttpContext context, string? customer)
    {
        var named = context.Request.RouteValues.Where(v => v.Key != RawPath.CustomerParameter || customer is null);
        var target = string.Join(' ', named.Select(v => $"{v.Value}"));
        return target.Length <= LongestTarget ? target : target[..LongestTarget];
    }
}
