using ClvOrleans.Contracts.Customers;
using ClvOrleans.Contracts.Deliveries;
using ClvOrleans.Contracts.Experiments;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Contracts.Policies;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Valuation.Jobs;

#pragma warning disable RS0030 // Keys are made here and nowhere else.

namespace ClvOrleans.Contracts;

/// <summary>
/// The only place that makes grain keys. AdoNet storage reads keys that look like hexadecimal numbers or Guids as numbers, so that
/// <c>020235</c> and <c>20235</c> would share a state: every key begins with a letter and a colon, and ids are escaped, '+' included.
/// </summary>
public static class GrainKeys
{
    /// <summary>The grain of a customer or visitor.</summary>
    public static ICustomerGrain GetCustomer(this IGrainFactory grains, CustomerId customer) =>
        grains.GetGrain<ICustomerGrain>(Of(customer));

    /// <summary>The grain of a shard.</summary>
    public static IShardGrain GetShard(this IGrainFactory grains, StoreId store, int shard) =>
        grains.GetGrain<IShardGrain>($"h:{store}:{shard}");

    /// <summary>The grain that reads a shard for a training.</summary>
    public static ITrainingShardGrain GetTrainingShard(this IGrainFactory grains, StoreId store, int shard) =>
        grains.GetGrain<ITrainingShardGrain>($"t:{store}:{shard}");

    /// <summary>The grain of a store's segments.</summary>
    public static ISegmentGrain GetSegments(this IGrainFactory grains, StoreId store) => grains.GetGrain<ISegmentGrain>($"s:{store}");

    /// <summary>The grain that joins an identity to another: one for each visitor, one of the store for all known customers.</summary>
    public static IIdentityGrain GetIdentity(this IGrainFactory grains, CustomerId from) => grains.GetGrain<IIdentityGrain>(
        from.Kind == CustomerKind.Visitor ? $"i:{from.Store}:{Uri.EscapeDataString(from.Id)}" : $"i:{from.Store}");

    /// <summary>The grain of a store's market calendar.</summary>
    public static IMarketGrain GetMarket(this IGrainFactory grains, StoreId store) => grains.GetGrain<IMarketGrain>($"m:{store}");

    /// <summary>The grain of a lane of a store's jobs.</summary>
    public static IJobsGrain GetJobs(this IGrainFactory grains, StoreId store, JobLane lane) =>
        grains.GetGrain<IJobsGrain>($"j:{store}:{lane}");

    /// <summary>The grain that has a store's models trained again.</summary>
    public static IRetrainingGrain GetRetraining(this IGrainFactory grains, StoreId store) =>
        grains.GetGrain<IRetrainingGrain>($"n:{store}");

    /// <summary>The grain that has a store's estimates renewed.</summary>
    public static IRefreshGrain GetRefresh(this IGrainFactory grains, StoreId store) => grains.GetGrain<IRefreshGrain>($"e:{store}");

    /// <summary>The grain of a shard's deliveries.</summary>
    public static IDeliveryGrain GetDeliveries(this IGrainFactory grains, StoreId store, int shard) =>
        grains.GetGrain<IDeliveryGrain>($"y:{store}:{shard}");

    /// <summary>The grain of the rate at which a channel of a store sends.</summary>
    public static ISendRateGrain GetSendRate(this IGrainFactory grains, StoreId store, ActionChannel channel) =>
        grains.GetGrain<ISendRateGrain>($"r:{store}:{channel}");

    /// <summary>The grain that takes the decisions of a shard.</summary>
    public static IDecisionGrain GetDecisions(this IGrainFactory grains, StoreId store, int shard) =>
        grains.GetGrain<IDecisionGrain>($"p:{store}:{shard}");

    /// <summary>The grain that measures a store's outcomes.</summary>
    public static IOutcomeGrain GetOutcomes(this IGrainFactory grains, StoreId store) => grains.GetGrain<IOutcomeGrain>($"o:{store}");

    /// <summary>The key of a customer's grain: kind, store and the escaped id.</summary>
    public static string Of(CustomerId customer) =>
        $"{(customer.Kind == CustomerKind.Customer ? 'c' : 'v')}:{customer.Store}:{Uri.EscapeDataString(customer.Id)}";

    /// <summary>The customer of a key.</summary>
    public static CustomerId ToCustomer(string key)
    {
        var parts = key.Split(':', 3);
        return new CustomerId(
            new StoreId(parts[1]), parts[0] == "c" ? CustomerKind.Customer : CustomerKind.Visitor, Uri.UnescapeDataString(parts[2]));
    }

    /// <summary>The store of a key of any other grain.</summary>
    public static StoreId ToStore(string key) => new(key.Split(':', 3)[1]);

    /// <summary>The lane of the key of a lane's grain.</summary>
    public static JobLane ToLane(string key) => Enum.Parse<JobLane>(key.Split(':', 3)[2]);

    /// <summary>The channel of the key of a channel's rate.</summary>
    public static ActionChannel ToChannel(string key) => Enum.Parse<ActionChannel>(key.Split(':', 3)[2]);

    /// <summary>The shard of a shard's key.</summary>
    public static int ToShard(string key) => int.Parse(key.Split(':', 3)[2], System.Globalization.CultureInfo.InvariantCulture);
}
