using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>Sends deliveries of one channel.</summary>
public interface IDeliveryChannel
{
    /// <summary>The channel.</summary>
    ActionChannel Channel { get; }

    /// <summary>
    /// Sends a delivery. The same one may come again, under the same id, where it is not known whether an attempt arrived. What is thrown
    /// counts as an attempt that
    /// may have arrived and is repeated.
    /// </summary>
    Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation);
}
