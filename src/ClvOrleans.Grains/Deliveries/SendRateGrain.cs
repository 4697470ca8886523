using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Deliveries;

/// <inheritdoc cref="ISendRateGrain" />
/// <remarks>What was sent before it became active is in the storage, so that a lost silo frees no room.</remarks>
[GrainType("sendrate")]
internal sealed class SendRateGrain(IDeliveries deliveries, IOptions<DeliveryOptions> options, TimeProvider time) : Grain, ISendRateGrain
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private SendWindow? _window;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var channel = GrainKeys.ToChannel(key);
        if (options.Value.MostPerMinute(channel) is { } limit)
        {
            _window = new SendWindow(limit, Minute);
            _window.Remember(
                await deliveries.ReadHandedAsync(GrainKeys.ToStore(key), channel, time.GetUtcNow() - Minute, cancellationToken));
        }
    }

    /// <inheritdoc />
    public Task<int> TakeAsync(int wanted) => Task.FromResult(_window?.Take(wanted, time.GetUtcNow()) ?? wanted);
}
