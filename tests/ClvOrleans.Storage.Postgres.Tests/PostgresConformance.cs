using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Conformance.Access;
using ClvOrleans.Storage.Conformance.CustomerRows;
using ClvOrleans.Storage.Conformance.DeadLetters;
using ClvOrleans.Storage.Conformance.Deliveries;
using ClvOrleans.Storage.Conformance.Experiments;
using ClvOrleans.Storage.Conformance.Faulty;
using ClvOrleans.Storage.Conformance.Journal;
using ClvOrleans.Storage.Conformance.Models;
using ClvOrleans.Storage.Conformance.Policies;
using ClvOrleans.Storage.Conformance.Privacy;
using ClvOrleans.Storage.Conformance.Properties;
using ClvOrleans.Storage.Conformance.Reviews;
using ClvOrleans.Storage.Conformance.Segments;
using ClvOrleans.Storage.Conformance.Stores;
using ClvOrleans.Storage.Conformance.Watches;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>The conformance suite over PostgreSQL.</summary>
public static class PostgresConformance
{
    public sealed class Journal : JournalTests<PostgresEngine>;

    public sealed class Merges : MergeTests<PostgresEngine>;

    public sealed class Orders : OrderTests<PostgresEngine>;

    public sealed class ConcurrentWriters : ConcurrentWriterTests<PostgresEngine>;

    public sealed class Erasures : ErasureTests<PostgresEngine>;

    public sealed class EventHistory : EventHistoryTests<PostgresEngine>;

    public sealed class EventPacks : EventPackTests<PostgresEngine>;

    public sealed class CustomerRows : CustomerRowTests<PostgresEngine>;

    public sealed class Followers : FollowerTests<PostgresEngine>;

    public sealed class Transitions : TransitionTests<PostgresEngine>;

    public sealed class SegmentDefinitions : SegmentDefinitionTests<PostgresEngine>;

    public sealed class DeadLetters : DeadLetterTests<PostgresEngine>;

    public sealed class Deliveries : DeliveryTests<PostgresEngine>;

    public sealed class HandOvers : HandOverTests<PostgresEngine>;

    public sealed class Audiences : AudienceTests<PostgresEngine>;

    public sealed class Subscriptions : SubscriptionTests<PostgresEngine>;

    public sealed class AuditLog : AuditLogTests<PostgresEngine>;

    public sealed class Credentials : CredentialTests<PostgresEngine>;

    public sealed class KeyRing : KeyRingTests<PostgresEngine>;

    public sealed class ProductShelves : ProductShelfTests<PostgresEngine>;

    public sealed class ReviewTexts : ReviewTextTests<PostgresEngine>;

    public sealed class Registry : RegistryTests<PostgresEngine>;

    public sealed class Predictions : PredictionTests<PostgresEngine>;

    public sealed class AcquisitionCosts : AcquisitionCostTests<PostgresEngine>;

    public sealed class MarketEntries : MarketEntryTests<PostgresEngine>;

    public sealed class ImportFiles : ImportFileTests<PostgresEngine>;

    public sealed class Jobs : JobTests<PostgresEngine>;

    public sealed class JobLanes : JobLaneTests<PostgresEngine>;

    public sealed class ReportReleases : ReportReleaseTests<PostgresEngine>;

    public sealed class SourceCounts : SourceCountTests<PostgresEngine>;

    public sealed class Policies : PolicyTests<PostgresEngine>;

    public sealed class Decisions : DecisionTests<PostgresEngine>;

    public sealed class PrivacyRequests : PrivacyRequestTests<PostgresEngine>;

    public sealed class Experiments : ExperimentTests<PostgresEngine>;

    public sealed class Exposures : ExposureTests<PostgresEngine>;

    public sealed class StoreRecords : StoreRecordTests<PostgresEngine>;

    public sealed class Shards : ShardTests<PostgresEngine>;

    public sealed class Isolation : IsolationTests<PostgresEngine>;

    public sealed class Stamps : StampTests<PostgresEngine>;

    public sealed class RandomOperations : RandomOperationTests<PostgresEngine>;

    public sealed class RepeatedCalls : RepeatedCallTests<PostgresEngine>;

    public sealed class LostStorage : LostStorageTests<PostgresEngine>;

    public sealed class Coverage
    {
        [Fact]
        public void PostgreSQL_runs_every_class_of_the_suite() => Assert.Equal(
            Suite.Classes.Order(StringComparer.Ordinal),
            Suite.RunBy(typeof(PostgresConformance)).Where(Suite.Classes.Contains).Order(StringComparer.Ordinal));
    }
}
