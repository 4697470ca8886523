using ClvOrleans.Server.Access;

namespace ClvOrleans.Server.Hosting;

/// <summary>Writes what was asked into the audit log every second, and once more at the end.</summary>
internal sealed class AuditKeeping(AuditLedger ledger, TimeProvider time, ILogger<AuditKeeping> logger) : RepeatedService(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WorkAsync(cancellationToken);
    }

    protected override Task WaitAsync(CancellationToken cancellation) => Task.Delay(Interval, TimeProvider.System, cancellation);

    protected override Task WorkAsync(CancellationToken cancellation) => ledger.TryFlushAsync(cancellation);
}
