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

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>An open place of the in-memory engine.</summary>
internal sealed class InMemoryStore(InMemoryStorage storage, DeadLetterOptions quota) : IOpenStore, IServiceProvider
{
    public IServiceProvider Services => this;

    public string Location => storage.Location;

    public Task TakeAwayAsync()
    {
        storage.TakeAway();
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) =>
        serviceType == typeof(IJournal) ? new InMemoryJournal(storage)
        : serviceType == typeof(IHeldEvents) ? new InMemoryHeldEvents(storage)
        : serviceType == typeof(IEventPacks) ? new InMemoryEventPacks(storage)
        : serviceType == typeof(IEventHistory) ? new InMemoryEventHistory(storage)
        : serviceType == typeof(ICustomerRows) ? new InMemoryCustomerRows(storage)
        : serviceType == typeof(ICredentials) ? new InMemoryCredentials(storage)
        : serviceType == typeof(IKeyRing) ? new InMemoryKeyRing(storage)
        : serviceType == typeof(IAuditLog) ? new InMemoryAuditLog(storage)
        : serviceType == typeof(IDeadLetters) ? new InMemoryDeadLetters(storage, quota)
        : serviceType == typeof(IDeliveries) ? new InMemoryDeliveries(storage)
        : serviceType == typeof(ISubscriptions) ? new InMemorySubscriptions(storage)
        : serviceType == typeof(IAudiences) ? new InMemoryAudiences(storage)
        : serviceType == typeof(IModelRegistry) ? new InMemoryRegistry(storage)
        : serviceType == typeof(IPolicies) ? new InMemoryPolicies(storage)
        : serviceType == typeof(IDecisions) ? new InMemoryDecisions(storage)
        : serviceType == typeof(IPredictions) ? new InMemoryPredictions(storage)
        : serviceType == typeof(IMarketEntries) ? new InMemoryMarketEntries(storage)
        : serviceType == typeof(IProductShelf) ? new InMemoryProductShelf(storage)
        : serviceType == typeof(IAcquisitionCosts) ? new InMemoryAcquisitionCosts(storage)
        : serviceType == typeof(IReportReleases) ? new InMemoryReportReleases(storage)
        : serviceType == typeof(IReviewTexts) ? new InMemoryReviewTexts(storage)
        : serviceType == typeof(ISegmentDefinitions) ? new InMemorySegmentDefinitions(storage)
        : serviceType == typeof(ITransitions) ? new InMemoryTransitions(storage)
        : serviceType == typeof(IJobRecords) ? new InMemoryJobs(storage)
        : serviceType == typeof(IExperiments) ? new InMemoryExperiments(storage)
        : serviceType == typeof(IExposures) ? new InMemoryExposures(storage)
        : serviceType == typeof(IImportFiles) ? new InMemoryImportFiles(storage)
        : serviceType == typeof(ISourceCounts) ? new InMemorySourceCounts(storage)
        : serviceType == typeof(IPrivacyRequests) ? new InMemoryPrivacyRequests(storage)
        : serviceType == typeof(IStoreRecords) ? new InMemoryStoreRecords(storage)
        : serviceType == typeof(IErasures) ? new InMemoryErasures(storage)
        : serviceType == typeof(IStoreStamps) ? new InMemoryStamps(storage)
        : null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
