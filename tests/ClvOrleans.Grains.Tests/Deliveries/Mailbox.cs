using System.Collections.Concurrent;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>What arrives outside: one mailbox for all silos. It counts each delivery, and does with it what a test wants.</summary>
public sealed class Mailbox
{
    /// <summary>How often each delivery arrived.</summary>
    public ConcurrentDictionary<DeliveryId, int> Arrived { get; } = new();

    /// <summary>The addresses to which each delivery went.</summary>
    public ConcurrentDictionary<DeliveryId, string?> Addresses { get; } = new();

    /// <summary>The answer to an attempt, made after it has arrived; null for acceptance.</summary>
    public Func<Delivery, Task<SendResult?>> Answer { get; set; } = _ => Task.FromResult<SendResult?>(null);

    internal IDeliveryChannel ChannelOf(ActionChannel channel) => new Door(this, channel);

    private sealed class Door(Mailbox mailbox, ActionChannel channel) : IDeliveryChannel
    {
        public ActionChannel Channel => channel;

        public async Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation)
        {
            mailbox.Arrived.AddOrUpdate(delivery.Id, 1, (_, count) => count + 1);
            mailbox.Addresses[delivery.Id] = recipient.Address;
            return await mailbox.Answer(delivery) ?? SendResult.Sent;
        }
    }
}
