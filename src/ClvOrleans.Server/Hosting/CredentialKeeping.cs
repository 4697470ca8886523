using ClvOrleans.Server.Access;

namespace ClvOrleans.Server.Hosting;

/// <summary>Keeps when credentials were last used, every few seconds.</summary>
internal sealed class CredentialKeeping(CredentialUses uses, TimeProvider time, ILogger<CredentialKeeping> logger)
    : RepeatedService(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task WaitAsync(CancellationToken cancellation) => Task.Delay(Interval, TimeProvider.System, cancellation);

    protected override Task WorkAsync(CancellationToken cancellation) => uses.FlushAsync(cancellation);
}
