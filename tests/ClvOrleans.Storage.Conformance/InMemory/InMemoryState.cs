using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>Everything that a place holds. Lists are in order of arrival.</summary>
internal sealed record InMemoryState
{
    public ImmutableDictionary<CustomerId, ImmutableList<JournalEntry>> Journals { get; init; } =
        ImmutableDictionary<CustomerId, ImmutableList<JournalEntry>>.Empty;

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

    public ImmutableList<(StoreId Store, PredictionRecord Record)> Predictions { get; init; } = [];

    public ImmutableDictionary<StoreId, MarketCalendar> Calendars { get; init; } = ImmutableDictionary<StoreId, MarketCalendar>.Empty;

    public ImmutableList<(StoreId Store, JobRecord Job)> Jobs { get; init; } = [];

    public ImmutableDictionary<(StoreId Store, JobLane Lane), long> JobLanes { get; init; } =
        ImmutableDictionary<(StoreId, JobLane), long>.Empty;

    public ImmutableDictionary<(StoreId Store, string Source, SourceOutcome Outcome, string Code), SourceCount> SourceCounts
    {
        get;
        init;
    } = ImmutableDictionary<(StoreId, string, SourceOutcome, string), SourceCount>.Empty;

    public ImmutableList<PrivacyRequest> PrivacyRequests { get; init; } = [];

    public ImmutableDictionary<StoreId, StoreStamp> Stamps { get; init; } = ImmutableDictionary<StoreId, StoreStamp>.Empty;

    public ImmutableDictionary<(StoreId Store, ExperimentId Id), ExperimentRecord> Experiments { get; init; } =
        ImmutableDictionary<(StoreId, ExperimentId), ExperimentRecord>.Empty;

    public ImmutableDictionary<(StoreId Store, PolicyId Policy), PolicyEffectReading> PolicyEffects { get; init; } =
        ImmutableDictionary<(StoreId, PolicyId), PolicyEffectReading>.Empty;

    public ImmutableDictionary<(StoreId Store, string Subject, string Unit), KeptExposure> Exposures { get; init; } =
        ImmutableDictionary<(StoreId, string, string), KeptExposure>.Empty;

    public ImmutableDictionary<StoreId, long> Followed { get; init; } = ImmutableDictionary<StoreId, long>.Empty;

    public ImmutableList<JournalEntry> JournalOf(CustomerId customer) => Journals.GetValueOrDefault(customer, []);

    public CustomerId SuccessorOf(CustomerId customer) => Links.GetValueOrDefault(customer, customer);

    /// <summary>The rows of a shard, in order of commit.</summary>
    public IEnumerable<(long Commit, CustomerRow Row)> ShardOf(StoreId store, int shard) =>
        Rows.Values.Where(r => r.Row.Id.Store == store && r.Row.Id.Shard == shard).OrderBy(r => r.Commit);

    /// <summary>The rows of those who are still customers, by id.</summary>
    public IEnumerable<CustomerRow> RowsOf(StoreId store) => Rows.Values.Select(r => r.Row)
        .Where(r => r.Id.Store == store && r.Contribution.Cell is not null).OrderBy(r => r.Id.ToText(), StringComparer.Ordinal);

    /// <summary>The state with a row, under the next commit number of its shard.</summary>
    public InMemoryState With(CustomerRow row) => this with
    {
        Rows = Rows.SetItem(row.Id, (ShardOf(row.Id.Store, row.Id.Shard).LastOrDefault().Commit + 1, row)),
    };

    /// <summary>The state with a promotion, under the store's next generation.</summary>
    public InMemoryState With(StoreId store, string model, DateTimeOffset at, PromotionCause cause) => this with
    {
        Promotions = Promotions.Add((store, new Promotion(Promotions.Count(p => p.Store == store) + 1, model, at, cause))),
    };

    public ImmutableDictionary<(StoreId Store, string File, int Number), (DateTimeOffset At, byte[] Bytes)> ImportChunks
    {
        get;
        init;
    } = ImmutableDictionary<(StoreId, string, int), (DateTimeOffset, byte[])>.Empty;
}
