using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Conformance;

/// <summary>Small valid values of what the ports take.</summary>
public static class Sample
{
    /// <summary>The store of most tests.</summary>
    public static StoreId Shop { get; } = new("shop");

    /// <summary>A fixed time in UTC.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A customer of the store.</summary>
    public static CustomerId Customer(string id) => CustomerId.OfUser(Shop, id);

    /// <summary>A page view, source <c>web</c>.</summary>
    public static CustomerEvent PageView(string message) =>
        new() { MessageId = message, Source = "web", Kind = EventKind.PageViewed, At = DateTimeOffset.UnixEpoch.AddYears(50) };

    /// <summary>A refund of an order.</summary>
    public static CustomerEvent Refund(string message, string order) =>
        PageView(message) with { Kind = EventKind.OrderRefunded, Refund = new RefundFacts(order, new Money(500)) };

    /// <summary>A completed order.</summary>
    public static CustomerEvent Completion(string message, string order) =>
        PageView(message) with { Kind = EventKind.OrderCompleted, Order = new OrderFacts(order) };

    /// <summary>A commit of page views by a customer of the store.</summary>
    public static CustomerCommit Commit(string customer, long expected, params string[] messages) =>
        Commit(Customer(customer), expected, messages);

    /// <summary>A commit of page views.</summary>
    public static CustomerCommit Commit(CustomerId customer, long expected, params string[] messages) => new()
    {
        ExpectedSequence = expected,
        Events = [.. messages.Select(PageView)],
        Row = Row(customer, expected + messages.Length),
    };

    /// <summary>The row of someone who has not bought.</summary>
    public static CustomerRow Row(CustomerId customer, long sequence) => new()
    {
        Id = customer,
        Sequence = sequence,
        Summary = new CustomerSummary(),
        Contribution = new Contribution(
            sequence, new DateOnly(2026, 1, 1), 0, new SegmentCell(Lifecycle.Prospect, 0),
            new SegmentSums { Customers = 1, Gross = Money.Zero }),
    };

    /// <summary>A refused event.</summary>
    public static DeadLetter Letter(
        string? message, string source = "web", string code = "missing_user_id", int bytes = 2, StoreId? store = null,
        DateTimeOffset? at = null) => new(
        0, store ?? Shop, source, at ?? DateTimeOffset.UnixEpoch.AddYears(56), message, code, "userId: is missing.",
        Encoding.ASCII.GetBytes(new string('x', bytes)));

    /// <summary>A version of a store, some days after the first.</summary>
    public static StoreRecord Store(StoreId store, int days = 0) => new()
    {
        Store = store,
        At = Time.AddDays(days),
        By = "store.json",
        Definition = $$$"""{"id":"{{{store}}}","writeKeys":{"wk":"wéb"}}""",
    };

    /// <summary>Refused events of one source: <c>web-000000</c>, <c>web-000001</c> and so on.</summary>
    public static DeadLetter[] Letters(int count, string source = "web", int bytes = 2) =>
        [.. Enumerable.Range(0, count).Select(i => Letter($"{source}-{i:D6}", source, bytes: bytes))];

    /// <summary>A version of a model.</summary>
    public static ModelVersion Version(string id) =>
        new() { Id = id, Family = "bg-nbd", Parameters = ImmutableSortedDictionary<string, double>.Empty };

    /// <summary>A job, such as drift-1.</summary>
    public static JobRecord Job(JobKind kind, int number, JobState state = JobState.Running) => new()
    {
        Id = $"{kind.ToString().ToLowerInvariant()}-{number}",
        Kind = kind,
        State = state,
        StartedAt = Time,
        EndedAt = state is JobState.Running or JobState.Waiting ? null : Time,
    };

    /// <summary>A webhook about a customer, due at <see cref="Time"/>.</summary>
    public static Delivery Delivery(
        string name, string customer, ActionChannel channel = ActionChannel.Webhook, int dueMinutes = 0, StoreId? store = null) => new()
        {
            Id = DeliveryId.Of(name),
            Customer = CustomerId.OfUser(store ?? Shop, customer),
            Channel = channel,
            Topic = "win-back",
            Payload = JsonDocument.Parse("{}").RootElement,
            CreatedAt = Time,
            DueAt = Time.AddMinutes(dueMinutes),
            NextAt = Time.AddMinutes(dueMinutes),
        };

    /// <summary>A subscription to a segment.</summary>
    public static Subscription Subscription(string id) => new()
    {
        Id = id,
        Url = new Uri("https://crm.example/hook"),
        Topics = ["segment/vip"],
        Secrets = ["whsec_c2VjcmV0"],
        Since = Time,
    };

    /// <summary>A predicted total, and what came.</summary>
    public static PredictedTotal Total { get; } = new()
    {
        Model = "a-1",
        MadeOn = new DateOnly(2026, 1, 1),
        Days = 30,
        Group = PredictedTotal.Store,
        Customers = 1,
        Expected = 2,
        Lower = 1,
        Upper = 3,
        Outcome = new TotalOutcome(2, .5, new IntervalHits(1, 0, 0), 3),
    };

    /// <summary>Events of a source.</summary>
    public static SourceCount Count(
        string source, long events, SourceOutcome outcome = SourceOutcome.Accepted, string code = "", DateTimeOffset? at = null) =>
        new(source, outcome, code, events, at ?? Time);

    /// <summary>What a key did: it asked for a customer.</summary>
    public static AuditEntry Audit(string caller) => new()
    {
        Store = Shop,
        At = Time,
        Caller = caller,
        Name = "reports",
        Action = AuditAction.Read,
        Operation = "GET /api/v1/customers/{id}",
        Customers = ["anna"],
        Status = 200,
    };

    /// <summary>A key that reads the store.</summary>
    public static Credential Key(string id) => new()
    {
        Id = id,
        Kind = CredentialKind.Key,
        Hash = new byte[] { 1, 2, 3 },
        Scope = Scope.Read,
        Store = Shop,
        Name = "reports",
        CreatedAt = Time,
    };

    /// <summary>A request to erase a customer.</summary>
    public static PrivacyRequest Request(
        string message, string source = "shopify", StoreId? store = null, string? customer = "anna", string payload = "{}") => new(
        0, store ?? Shop, source, message, PrivacyRequestKind.CustomerErasure, customer, Time, Time.AddDays(30),
        Encoding.UTF8.GetBytes(payload));

    /// <summary>An experiment of two halves, in its first revision.</summary>
    public static ExperimentRecord Experiment(string id) => new()
    {
        Definition = new Experiment
        {
            Id = new ExperimentId(id),
            Hypothesis = "A mail brings purchases.",
            Arms = [new("none", .5), new("mail", .5)],
            Primary = Metric.Purchased,
            LeastEffect = .01,
        },
        Revision = 1,
        Splits = [[new("none", 0, 500_000), new("mail", 500_000, 1_000_000)]],
        Forecast = new ExperimentForecast(1_000, 10, 2_000, .007, .1, .3, 500, false, null),
        DefinedAt = Time,
    };

    /// <summary>What a policy did.</summary>
    public static PolicyEffectReading Effect(string policy, DateTimeOffset? at = null, double mean = 2) => new(
        $"policy/{policy}", at ?? Time, 200, 100, 0, 5, 12.5, null, null, null,
        new PolicyEffect(mean, 1, EffectUnit.Amount, EffectSource.Assumed), null);

    /// <summary>An exposure of a customer of the store, whose window ends on 2026-03-15.</summary>
    public static Exposure Exposure(string experiment, string customer, string arm = "mail", DateTimeOffset? at = null) => new()
    {
        Subject = $"experiment/{experiment}",
        Unit = Customer(customer).ToText(),
        Customer = Customer(customer),
        Arm = arm,
        At = at ?? Time,
        Until = new DateOnly(2026, 3, 15),
        Predicted = new Money(12_345),
        Segment = "active",
        Model = "m-1",
    };

    /// <summary>What came of an exposure.</summary>
    public static Outcome Outcome(Exposure exposure, long sequence, int orders = 1) => new()
    {
        Subject = exposure.Subject,
        Unit = exposure.Unit,
        Sequence = sequence,
        Orders = orders,
        Spend = new Money(orders * 1_000),
        Margin = new Money(orders * 300),
        PredictedMargin = new Money(99),
        Model = "m-1",
    };

    /// <summary>A training that has ended, without a champion.</summary>
    public static TrainingRecord Training(int number) => new()
    {
        Number = number,
        Cause = TrainingCause.Asked,
        Outcome = TrainingOutcome.Trained,
        StartedAt = Time,
        EndedAt = Time.AddDays(number),
        Log = [new LogLine(Time, $"{number}")],
    };
}
