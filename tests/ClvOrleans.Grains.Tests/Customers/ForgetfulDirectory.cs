using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ClvOrleans.Grains.Customers;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>
/// A grain directory that can forget where a grain is, as one does that is split: the next silo that asks makes a second activation.
/// </summary>
internal sealed class ForgetfulDirectory : IGrainDirectory, IGrainDirectoryResolver
{
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _addresses = new();

    public void Forget(GrainId grain) => _addresses.TryRemove(grain, out _);

    public bool TryResolveGrainDirectory(
        GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory)
    {
        grainDirectory = this;
        return properties?.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.TypeName) == nameof(CustomerGrain);
    }

    public Task<GrainAddress?> Register(GrainAddress address) =>
        Task.FromResult<GrainAddress?>(_addresses.GetOrAdd(address.GrainId, address));

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Task.FromResult<GrainAddress?>(
        _addresses.AddOrUpdate(
            address.GrainId, address,
            (_, known) => previousAddress is not null && known.ActivationId == previousAddress.ActivationId ? address : known));

    public Task Unregister(GrainAddress address)
    {
        if (_addresses.TryGetValue(address.GrainId, out var known) && known.ActivationId == address.ActivationId)
        {
            _addresses.TryRemove(new KeyValuePair<GrainId, GrainAddress>(address.GrainId, known));
        }

        return Task.CompletedTask;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_addresses.GetValueOrDefault(grainId));

    public Task UnregisterSilos(List<SiloAddress> siloAddresses)
    {
        foreach (var (grain, address) in _addresses.Where(a => siloAddresses.Contains(a.Value.SiloAddress!)))
        {
            _addresses.TryRemove(new KeyValuePair<GrainId, GrainAddress>(grain, address));
        }

        return Task.CompletedTask;
    }
}
