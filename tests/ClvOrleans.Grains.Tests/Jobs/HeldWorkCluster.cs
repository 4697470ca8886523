using ClvOrleans.Grains.Jobs;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Tests.Jobs;

/// <summary>Silos whose jobs are under way until a test ends them.</summary>
public sealed class HeldWorkCluster : StoreCluster
{
    internal HeldWork.Room Room { get; } = new();

    /// <summary>What the silos' logs say of jobs.</summary>
    internal HeldLog<JobsGrain> JobLog { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        services.RemoveAll<IJobWork>();
        foreach (var kind in Enum.GetValues<JobKind>())
        {
            services.AddSingleton<IJobWork>(s => new HeldWork(Room, kind, s.GetRequiredService<ILocalSiloDetails>().SiloAddress));
        }

        services.AddSingleton<ILogger<JobsGrain>>(JobLog);
        services.AddSingleton(Options.Create(new JobOptions { AtOnce = 64 })); // Tests leave theirs under way.
        services.AddSingleton(Faults.Wrap<IJobRecords>(Records));
    }
}
