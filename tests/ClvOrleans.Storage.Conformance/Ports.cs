using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Releases;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stock;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Conformance;

/// <summary>The ports of an open store, with the faults of a test if it asks for some.</summary>
public sealed class Ports(IServiceProvider services, Faults? faults = null)
{
    /// <summary>The journal.</summary>
    public IJournal Journal { get; } = Of<IJournal>(services, faults);

    /// <summary>The events of all customers.</summary>
    public IEventHistory History { get; } = Of<IEventHistory>(services, faults);

    /// <summary>The read model.</summary>
    public ICustomerRows Rows { get; } = Of<ICustomerRows>(services, faults);

    /// <summary>Keys, sessions and links.</summary>
    public ICredentials Credentials { get; } = Of<ICredentials>(services, faults);

    /// <summary>Keys by which silos protect what browsers hold for a moment.</summary>
    public IKeyRing KeyRing { get; } = Of<IKeyRing>(services, faults);

    /// <summary>Who did what.</summary>
    public IAuditLog Audit { get; } = Of<IAuditLog>(services, faults);

    /// <summary>Refused events.</summary>
    public IDeadLetters DeadLetters { get; } = Of<IDeadLetters>(services, faults);

    /// <summary>Deliveries.</summary>
    public IDeliveries Deliveries { get; } = Of<IDeliveries>(services, faults);

    /// <summary>Who is told of transitions and decisions.</summary>
    public ISubscriptions Subscriptions { get; } = Of<ISubscriptions>(services, faults);

    /// <summary>Who is in the audiences of policies.</summary>
    public IAudiences Audiences { get; } = Of<IAudiences>(services, faults);

    /// <summary>Model versions, promotions and trainings.</summary>
    public IModelRegistry Registry { get; } = Of<IModelRegistry>(services, faults);

    /// <summary>Recorded predictions.</summary>
    public IPredictions Predictions { get; } = Of<IPredictions>(services, faults);

    /// <summary>Market calendars.</summary>
    public IMarketEntries Market { get; } = Of<IMarketEntries>(services, faults);

    /// <summary>Costs of winning customers.</summary>
    public IAcquisitionCosts Costs { get; } = Of<IAcquisitionCosts>(services, faults);

    /// <summary>Jobs.</summary>
    public IJobRecords Jobs { get; } = Of<IJobRecords>(services, faults);

    /// <summary>Experiments.</summary>
    public IExperiments Experiments { get; } = Of<IExperiments>(services, faults);

    /// <summary>Exposures and outcomes.</summary>
    public IExposures Exposures { get; } = Of<IExposures>(services, faults);

    /// <summary>Policies.</summary>
    public IPolicies Policies { get; } = Of<IPolicies>(services, faults);

    /// <summary>Decisions.</summary>
    public IDecisions Decisions { get; } = Of<IDecisions>(services, faults);

    /// <summary>Files that are imported.</summary>
    public IImportFiles Files { get; } = Of<IImportFiles>(services, faults);

    /// <summary>What became of the events of sources.</summary>
    public ISourceCounts Sources { get; } = Of<ISourceCounts>(services, faults);

    /// <summary>Privacy requests.</summary>
    public IPrivacyRequests Requests { get; } = Of<IPrivacyRequests>(services, faults);

    /// <summary>The stores of the installation.</summary>
    public IStoreRecords Records { get; } = Of<IStoreRecords>(services, faults);

    /// <summary>Packs of old behaviour.</summary>
    public IEventPacks Packs { get; } = Of<IEventPacks>(services, faults);

    /// <summary>Events that wait.</summary>
    public IHeldEvents Held { get; } = Of<IHeldEvents>(services, faults);

    /// <summary>Erasures.</summary>
    public IErasures Erasures { get; } = Of<IErasures>(services, faults);

    /// <summary>Settings that the journal was filled with.</summary>
    public IStoreStamps Stamps { get; } = Of<IStoreStamps>(services, faults);

    /// <summary>Stock.</summary>
    public IProductShelf Shelf { get; } = Of<IProductShelf>(services, faults);

    /// <summary>What is told with noise.</summary>
    public IReportReleases Releases { get; } = Of<IReportReleases>(services, faults);

    /// <summary>Words of reviews.</summary>
    public IReviewTexts Reviews { get; } = Of<IReviewTexts>(services, faults);

    /// <summary>Own segments.</summary>
    public ISegmentDefinitions Segments { get; } = Of<ISegmentDefinitions>(services, faults);

    /// <summary>What watches noticed.</summary>
    public ITransitions Transitions { get; } = Of<ITransitions>(services, faults);

    private static T Of<T>(IServiceProvider services, Faults? faults)
        where T : class => faults is null ? services.GetRequiredService<T>() : faults.Wrap(services.GetRequiredService<T>());
}
