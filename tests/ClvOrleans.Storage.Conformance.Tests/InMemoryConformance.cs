using ClvOrleans.Storage.Conformance.Access;
using ClvOrleans.Storage.Conformance.CustomerRows;
using ClvOrleans.Storage.Conformance.DeadLetters;
using ClvOrleans.Storage.Conformance.Deliveries;
using ClvOrleans.Storage.Conformance.Experiments;
using ClvOrleans.Storage.Conformance.Faulty;
using ClvOrleans.Storage.Conformance.InMemory;
using ClvOrleans.Storage.Conformance.Journal;
using ClvOrleans.Storage.Conformance.Models;
using ClvOrleans.Storage.Conformance.Policies;
using ClvOrleans.Storage.Conformance.Privacy;
using ClvOrleans.Storage.Conformance.Properties;
using ClvOrleans.Storage.Conformance.Reviews;
using ClvOrleans.Storage.Conformance.Segments;
using ClvOrleans.Storage.Conformance.Stores;
using ClvOrleans.Storage.Conformance.Watches;

namespace ClvOrleans.Storage.Conformance.Tests;

/// <summary>The suite over the in-memory engine: what it demands can be met, and the model is right.</summary>
public static class InMemoryConformance
{
    public sealed class Journal : JournalTests<InMemoryEngine>;

    public sealed class Merges : MergeTests<InMemoryEngine>;

    public sealed class Orders : OrderTests<InMemoryEngine>;

    public sealed class ConcurrentWriters : ConcurrentWriterTests<InMemoryEngine>;

    public sealed class Erasures : ErasureTests<InMemoryEngine>;

    public sealed class EventHistory : EventHistoryTests<InMemoryEngine>;

    public sealed class EventPacks : EventPackTests<InMemoryEngine>;

    public sealed class CustomerRows : CustomerRowTests<InMemoryEngine>;

    public sealed class Followers : FollowerTests<InMemoryEngine>;

    public sealed class Transitions : TransitionTests<InMemoryEngine>;

    public sealed class SegmentDefinitions : SegmentDefinitionTests<InMemoryEngine>;

    public sealed class DeadLetters : DeadLetterTests<InMemoryEngine>;

    public sealed class Deliveries : DeliveryTests<InMemoryEngine>;

    public sealed class HandOvers : HandOverTests<InMemoryEngine>;

    public sealed class Audiences : AudienceTests<InMemoryEngine>;

    public sealed class Subscriptions : SubscriptionTests<InMemoryEngine>;

    public sealed class AuditLog : AuditLogTests<InMemoryEngine>;

    public sealed class Credentials : CredentialTests<InMemoryEngine>;

    public sealed class KeyRing : KeyRingTests<InMemoryEngine>;

    public sealed class Registry : RegistryTests<InMemoryEngine>;

    public sealed class Predictions : PredictionTests<InMemoryEngine>;

    public sealed class AcquisitionCosts : AcquisitionCostTests<InMemoryEngine>;

    public sealed class MarketEntries : MarketEntryTests<InMemoryEngine>;

    public sealed class ImportFiles : ImportFileTests<InMemoryEngine>;

    public sealed class Jobs : JobTests<InMemoryEngine>;

    public sealed class JobLanes : JobLaneTests<InMemoryEngine>;

    public sealed class ReportReleases : ReportReleaseTests<InMemoryEngine>;

    public sealed class SourceCounts : SourceCountTests<InMemoryEngine>;

    public sealed class Policies : PolicyTests<InMemoryEngine>;

    public sealed class Decisions : DecisionTests<InMemoryEngine>;

    public sealed class PrivacyRequests : PrivacyRequestTests<InMemoryEngine>;

    public sealed class ProductShelves : ProductShelfTests<InMemoryEngine>;

    public sealed class ReviewTexts : ReviewTextTests<InMemoryEngine>;

    public sealed class Experiments : ExperimentTests<InMemoryEngine>;

    public sealed class Exposures : ExposureTests<InMemoryEngine>;

    public sealed class StoreRecords : StoreRecordTests<InMemoryEngine>;

    public sealed class Shards : ShardTests<InMemoryEngine>;

    public sealed class Isolation : IsolationTests<InMemoryEngine>;

    public sealed class Stamps : StampTests<InMemoryEngine>;

    public sealed class RandomOperations : RandomOperationTests<InMemoryEngine>;

    public sealed class RepeatedCalls : RepeatedCallTests<InMemoryEngine>;

    public sealed class LostStorage : LostStorageTests<InMemoryEngine>;
}
