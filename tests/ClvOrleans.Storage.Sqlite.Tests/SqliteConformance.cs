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

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>The conformance suite over SQLite.</summary>
public static class SqliteConformance
{
    public sealed class Journal : JournalTests<SqliteEngine>;

    public sealed class Merges : MergeTests<SqliteEngine>;

    public sealed class Orders : OrderTests<SqliteEngine>;

    public sealed class ConcurrentWriters : ConcurrentWriterTests<SqliteEngine>;

    public sealed class Erasures : ErasureTests<SqliteEngine>;

    public sealed class EventHistory : EventHistoryTests<SqliteEngine>;

    public sealed class EventPacks : EventPackTests<SqliteEngine>;

    public sealed class CustomerRows : CustomerRowTests<SqliteEngine>;

    public sealed class Followers : FollowerTests<SqliteEngine>;

    public sealed class Transitions : TransitionTests<SqliteEngine>;

    public sealed class SegmentDefinitions : SegmentDefinitionTests<SqliteEngine>;

    public sealed class DeadLetters : DeadLetterTests<SqliteEngine>;

    public sealed class Deliveries : DeliveryTests<SqliteEngine>;

    public sealed class HandOvers : HandOverTests<SqliteEngine>;

    public sealed class Audiences : AudienceTests<SqliteEngine>;

    public sealed class Subscriptions : SubscriptionTests<SqliteEngine>;

    public sealed class AuditLog : AuditLogTests<SqliteEngine>;

    public sealed class Credentials : CredentialTests<SqliteEngine>;

    public sealed class KeyRing : KeyRingTests<SqliteEngine>;

    public sealed class Registry : RegistryTests<SqliteEngine>;

    public sealed class Predictions : PredictionTests<SqliteEngine>;

    public sealed class AcquisitionCosts : AcquisitionCostTests<SqliteEngine>;

    public sealed class MarketEntries : MarketEntryTests<SqliteEngine>;

    public sealed class ImportFiles : ImportFileTests<SqliteEngine>;

    public sealed class Jobs : JobTests<SqliteEngine>;

    public sealed class JobLanes : JobLaneTests<SqliteEngine>;

    public sealed class ReportReleases : ReportReleaseTests<SqliteEngine>;

    public sealed class SourceCounts : SourceCountTests<SqliteEngine>;

    public sealed class Policies : PolicyTests<SqliteEngine>;

    public sealed class Decisions : DecisionTests<SqliteEngine>;

    public sealed class PrivacyRequests : PrivacyRequestTests<SqliteEngine>;

    public sealed class ProductShelves : ProductShelfTests<SqliteEngine>;

    public sealed class ReviewTexts : ReviewTextTests<SqliteEngine>;

    public sealed class Experiments : ExperimentTests<SqliteEngine>;

    public sealed class Exposures : ExposureTests<SqliteEngine>;

    public sealed class StoreRecords : StoreRecordTests<SqliteEngine>;

    public sealed class Shards : ShardTests<SqliteEngine>;

    public sealed class Isolation : IsolationTests<SqliteEngine>;

    public sealed class Stamps : StampTests<SqliteEngine>;

    public sealed class RandomOperations : RandomOperationTests<SqliteEngine>;

    public sealed class RepeatedCalls : RepeatedCallTests<SqliteEngine>;

    public sealed class LostStorage : LostStorageTests<SqliteEngine>;

    public sealed class Coverage
    {
        [Fact]
        public void SQLite_runs_every_class_of_the_suite() => Assert.Equal(
            Suite.Classes.Order(StringComparer.Ordinal),
            Suite.RunBy(typeof(SqliteConformance)).Where(Suite.Classes.Contains).Order(StringComparer.Ordinal));
    }
}
