using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Releases;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stock;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Reviews;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>Everything that a place holds. Lists are in order of arrival.</summary>
internal sealed record InMemoryState
{
    public ImmutableDictionary<CustomerId, ImmutableList<JournalEntry>> Journals { get; init; } =
        ImmutableDictionary<CustomerId, ImmutableList<JournalEntry>>.Empty;

    /// <summary>Sequences of events that are packed.</summary>
    public ImmutableDictionary<CustomerId, ImmutableHashSet<long>> Packed { get; init; } =
        ImmutableDictionary<CustomerId, ImmutableHashSet<long>>.Empty;

    public ImmutableDictionary<CustomerId, (long Commit, CustomerRow Row)> Rows { get; init; } =
        ImmutableDictionary<CustomerId, (long, CustomerRow)>.Empty;

    public ImmutableDictionary<CustomerId, CustomerId> Links { get; init; } = ImmutableDictionary<CustomerId, CustomerId>.Empty;

    public ImmutableDictionary<(StoreId Store, string Order), CustomerId> Orders { get; init; } =
        ImmutableDictionary<(StoreId, string), CustomerId>.Empty;

    public ImmutableList<HeldEvent> Held { get; init; } = [];

    public ImmutableList<(ContestedCompletion Completion, CustomerId Owner)> Contested { get; init; } = [];

    public ImmutableList<DeadLetter> Letters { get; init; } = [];

    public long LastLetter { get; init; }

    public ImmutableDictionary<(StoreId Store, string Source, string Code), long> Beyond { get; init; } =
        ImmutableDictionary<(StoreId, string, string), long>.Empty;

    public ImmutableList<(StoreId Store, ModelVersion Version)> Models { get; init; } = [];

    public ImmutableList<(StoreId Store, Promotion Promotion)> Promotions { get; init; } = [];

    public ImmutableList<(StoreId Store, TrainingRecord Training)> Trainings { get; init; } = [];

    public ImmutableDictionary<(CustomerId Customer, EventKey Key), RatedReview> Reviews { get; init; } =
        ImmutableDictionary<(CustomerId, EventKey), RatedReview>.Empty;

    public ImmutableList<(StoreId Store, PredictionRecord Record)> Predictions { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, string Model, int Month, int Days, string Group), PredictedTotal> Totals { get; init; } =
        ImmutableDictionary<(StoreId, string, int, int, string), PredictedTotal>.Empty;

    public ImmutableDictionary<(StoreId Store, SegmentId Segment, DateOnly Day), ImmutableHashSet<CustomerId>> Members { get; init; } =
        ImmutableDictionary<(StoreId, SegmentId, DateOnly), ImmutableHashSet<CustomerId>>.Empty;

    public ImmutableDictionary<StoreId, ImmutableSortedDictionary<string, AcquisitionCost>> Costs { get; init; } =
        ImmutableDictionary<StoreId, ImmutableSortedDictionary<string, AcquisitionCost>>.Empty;

    public ImmutableDictionary<StoreId, MarketCalendar> Calendars { get; init; } = ImmutableDictionary<StoreId, MarketCalendar>.Empty;

    public ImmutableDictionary<(StoreId Store, string Product), StockChange> Stock { get; init; } =
        ImmutableDictionary<(StoreId, string), StockChange>.Empty;

    public ImmutableList<(StoreId Store, JobRecord Job)> Jobs { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, JobLane Lane), long> JobLanes { get; init; } =
        ImmutableDictionary<(StoreId, JobLane), long>.Empty;

    public ImmutableDictionary<(StoreId Store, string Source, SourceOutcome Outcome, string Code), SourceCount> SourceCounts
    {
        get;
        init;
    } = ImmutableDictionary<(StoreId, string, SourceOutcome, string), SourceCount>.Empty;

    public ImmutableList<(StoreId Store, PolicyRecord Policy)> Policies { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, PolicyId Policy), (PolicyMode Mode, DateTimeOffset Since)> PolicyModes { get; init; } =
        ImmutableDictionary<(StoreId, PolicyId), (PolicyMode, DateTimeOffset)>.Empty;

    public ImmutableDictionary<StoreId, PolicyTerms> PolicyTerms { get; init; } = ImmutableDictionary<StoreId, PolicyTerms>.Empty;

    public ImmutableList<DecisionRecord> Decisions { get; init; } = [];

    public ImmutableDictionary<(CustomerId Customer, PolicyId Policy), Enrollment> Enrollments { get; init; } =
        ImmutableDictionary<(CustomerId, PolicyId), Enrollment>.Empty;

    public ImmutableDictionary<(StoreId Store, int Shard), DecisionShard> DecisionShards { get; init; } =
        ImmutableDictionary<(StoreId, int), DecisionShard>.Empty;

    public ImmutableDictionary<(StoreId Store, DateOnly Day), int> Candidates { get; init; } =
        ImmutableDictionary<(StoreId, DateOnly), int>.Empty;

    public ImmutableDictionary<StoreId, double> BudgetPrices { get; init; } = ImmutableDictionary<StoreId, double>.Empty;

    public ImmutableDictionary<string, Credential> Credentials { get; init; } = ImmutableDictionary<string, Credential>.Empty;

    public ImmutableSortedDictionary<string, string> KeyRing { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    public ImmutableDictionary<StoreId, KeptRelease> Releases { get; init; } = ImmutableDictionary<StoreId, KeptRelease>.Empty;

    public ImmutableDictionary<StoreId, string> NoiseSecrets { get; init; } = ImmutableDictionary<StoreId, string>.Empty;

    public ImmutableList<AuditEntry> Audit { get; init; } = [];

    public ImmutableList<PrivacyRequest> PrivacyRequests { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, ErasedName Name), Erasure> Erasures { get; init; } =
        ImmutableDictionary<(StoreId, ErasedName), Erasure>.Empty;

    public ImmutableDictionary<CustomerId, DateTimeOffset> Remains { get; init; } = ImmutableDictionary<CustomerId, DateTimeOffset>.Empty;

    public ImmutableDictionary<CustomerId, int> ErasedShards { get; init; } = ImmutableDictionary<CustomerId, int>.Empty;

    public ImmutableHashSet<DeliveryId> Notices { get; init; } = [];

    public ImmutableList<(StoreId Store, SegmentDefinition Definition)> Definitions { get; init; } = [];

    public ImmutableList<Transition> Transitions { get; init; } = [];

    public ImmutableList<StoreRecord> Stores { get; init; } = [];

    public ImmutableDictionary<StoreId, StoreStamp> Stamps { get; init; } = ImmutableDictionary<StoreId, StoreStamp>.Empty;

    public ImmutableDictionary<(StoreId Store, ExperimentId Id), ExperimentRecord> Experiments { get; init; } =
        ImmutableDictionary<(StoreId, ExperimentId), ExperimentRecord>.Empty;

    public ImmutableDictionary<(StoreId Store, PolicyId Policy), PolicyEffectReading> PolicyEffects { get; init; } =
        ImmutableDictionary<(StoreId, PolicyId), PolicyEffectReading>.Empty;

    public ImmutableDictionary<(StoreId Store, string Subject, string Unit), KeptExposure> Exposures { get; init; } =
        ImmutableDictionary<(StoreId, string, string), KeptExposure>.Empty;

    /// <summary>Deliveries in the order in which they were added, each with the number of the writer that wrote it last.</summary>
    public ImmutableList<(Delivery Delivery, long Writer)> Deliveries { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, int Shard), long> DeliveryShards { get; init; } =
        ImmutableDictionary<(StoreId, int), long>.Empty;

    public ImmutableDictionary<(StoreId Store, string Id), Subscription> Subscriptions { get; init; } =
        ImmutableDictionary<(StoreId, string), Subscription>.Empty;

    public ImmutableDictionary<(CustomerId Customer, string Audience), (long Marks, long Looked, bool IsIn, DateTimeOffset? Until)>
        Audiences
    { get; init; } = ImmutableDictionary<(CustomerId, string), (long, long, bool, DateTimeOffset?)>.Empty;

    public ImmutableDictionary<
        (string Subscription, DateTimeOffset Since, CustomerId Customer, string Audience), (long Number, bool IsIn, DeliveryId Delivery)>
        Told
    { get; init; } = ImmutableDictionary<(string, DateTimeOffset, CustomerId, string), (long, bool, DeliveryId)>.Empty;

    public ImmutableDictionary<(StoreId Store, int Shard, string Source), long> SubscriptionCheckpoints { get; init; } =
        ImmutableDictionary<(StoreId, int, string), long>.Empty;

    public ImmutableDictionary<StoreId, long> Followed { get; init; } = ImmutableDictionary<StoreId, long>.Empty;

    public ImmutableList<JournalEntry> JournalOf(CustomerId customer) => Journals.GetValueOrDefault(customer, []);

    public bool IsPacked(CustomerId customer, JournalEntry entry) =>
        Packed.GetValueOrDefault(customer)?.Contains(entry.Sequence) is true;

    public CustomerId SuccessorOf(CustomerId customer) => Links.GetValueOrDefault(customer, customer);

    /// <summary>The rows of a shard, in order of commit.</summary>
    public IEnumerable<(long Commit, CustomerRow Row)> ShardOf(StoreId store, int shard) =>
        Rows.Values.Where(r => r.Row.Id.Store == store && ShardOf(r.Row.Id) == shard).OrderBy(r => r.Commit);

    /// <summary>The shard of a row: who was erased stays where they were.</summary>
    public int ShardOf(CustomerId customer) => ErasedShards.GetValueOrDefault(customer, customer.ShardIn(ShardsOf(customer.Store)));

    /// <summary>How many shards a store has.</summary>
    public ShardCount ShardsOf(StoreId store) => Stores.Find(s => s.Store == store)?.Shards ?? ShardCount.Default;

    /// <summary>The rows of those who are still customers, by id.</summary>
    public IEnumerable<CustomerRow> RowsOf(StoreId store) => Rows.Values.Select(r => r.Row)
        .Where(r => r.Id.Store == store && r.Contribution.Cell is not null).OrderBy(r => r.Id.ToText(), StringComparer.Ordinal);

    /// <summary>The state with a row, under the next commit number of its shard.</summary>
    public InMemoryState With(CustomerRow row) => this with
    {
        Rows = Rows.SetItem(row.Id, (ShardOf(row.Id.Store, ShardOf(row.Id)).LastOrDefault().Commit + 1, row)),
    };

    /// <summary>The state with a row, and with what its watches notice.</summary>
    public InMemoryState Watch(CustomerRow row, WatchState? joined = null)
    {
        var old = Rows.GetValueOrDefault(row.Id).Row;
        if (row.Reading is not { } reading)
        {
            return With(Say(row, old?.Watches ?? WatchState.None, old?.Contribution.Definitions ?? ""));
        }

        var step = WatchStep.Of(old?.Watches, joined, old?.Contribution.Sums.Predicted, reading);
        return With(Say(row, step.State, step.State.Definitions)).Add(row.Id, step.Transitions);
    }

    /// <summary>The state with the row of an identity that ends.</summary>
    public InMemoryState Leave(CustomerRow gone, WatchReading? reading)
    {
        var old = Rows[gone.Id].Row;
        var left = With(gone);
        return reading is null ? left : left.Add(gone.Id, WatchStep.Leave(gone.Id, old.Watches, old.Contribution.Sums.Predicted, reading));
    }

    /// <summary>The state with a promotion, under the store's next generation.</summary>
    public InMemoryState With(StoreId store, string model, DateTimeOffset at, PromotionCause cause) => this with
    {
        Promotions = Promotions.Add((store, new Promotion(Promotions.Count(p => p.Store == store) + 1, model, at, cause))),
    };

    private static CustomerRow Say(CustomerRow row, WatchState watches, string definitions) => row with
    {
        Watches = watches,
        Contribution = row.Contribution with { Segments = watches.Segments, Definitions = definitions },
        Reading = null,
    };

    private InMemoryState Add(CustomerId customer, ImmutableArray<Transition> transitions) => this with
    {
        Transitions = Transitions.AddRange(transitions.Select((t, i) => t with { Commit = Rows[customer].Commit, Index = i })),
    };

    public ImmutableDictionary<(StoreId Store, string File, int Number), (DateTimeOffset At, byte[] Bytes)> ImportChunks
    {
        get;
        init;
    } = ImmutableDictionary<(StoreId, string, int), (DateTimeOffset, byte[])>.Empty;
}
