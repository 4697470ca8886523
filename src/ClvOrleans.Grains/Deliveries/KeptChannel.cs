using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>A channel whose deliveries are fetched: what is sent is kept, and that is all.</summary>
internal sealed class KeptChannel(ActionChannel channel) : IDeliveryChannel
{
    public ActionChannel Channel => channel;

    public Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation) =>
        Task.FromResult(SendResult.Sent);
}
