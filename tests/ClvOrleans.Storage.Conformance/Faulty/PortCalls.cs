using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Conformance.Faulty;

/// <summary>Every method of every port, and a call of each with small valid arguments.</summary>
public static class PortCalls
{
    // They report on storage and do not use it.
    private static readonly Type[] Reporters = [typeof(IStorageHealth), typeof(ICommitObserver)];

    /// <summary>The ports.</summary>
    public static IEnumerable<Type> Ports { get; } =
    [
        .. typeof(IJournal).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && !Reporters.Contains(t)).OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    /// <summary>Their methods.</summary>
    public static TheoryData<Type, string> All =>
        [.. Ports.SelectMany(port => port.GetMethods().Where(m => m.IsAbstract).Select(method => (port, method.ToString()!)))];

    /// <summary>The methods that read of one store.</summary>
    public static IEnumerable<(Type Port, MethodInfo Method)> ReadsOfStores =>
        from port in Ports
        from method in port.GetMethods()
        where method.IsAbstract && !Caller.Writes.Contains($"{port.Name}.{method.Name}") && method.ReturnType.IsGenericType
        where method.GetParameters().Any(p => IsOfStore(p.ParameterType))
        select (port, method);

    /// <summary>What a method answers to a store, as JSON; of a stream the first items.</summary>
    public static async Task<string> AnswerAsync(IServiceProvider services, MethodInfo method, StoreId store, string customer)
    {
        object?[] arguments = [.. method.GetParameters().Select(p => Value(p.ParameterType, store, customer))];
        object? answer = null;
        try
        {
            var result = method.Invoke(
                services.GetService(method.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            if (result is not Task)
            {
                var first = typeof(PortCalls).GetMethod(nameof(ListAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
                result = first.MakeGenericMethod(method.ReturnType.GenericTypeArguments[0]).Invoke(null, [result])!;
            }

            await (Task)result;
            answer = result.GetType().GetProperty("Result")!.GetValue(result);
            return JsonSerializer.Serialize(answer);
        }
        catch (Exception e)
        {
            return $"{answer}: {e.Message}"; // What cannot be asked so, or cannot be written as JSON.
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> stream)
    {
        var items = new List<T>();
        await foreach (var item in stream)
        {
            items.Add(item);
            if (items.Count == 100)
            {
                break;
            }
        }

        return items;
    }

    private static bool IsOfStore(Type type) => type == typeof(StoreId) || type == typeof(CustomerId) || type == typeof(CustomerRowQuery)
        || type == typeof(TransitionQuery) || type == typeof(DeliveryQuery) || type == typeof(DecisionQuery)
        || (type.IsGenericType && type.GenericTypeArguments.Any(IsOfStore));

    /// <summary>Calls a method. A stream is asked for its first item.</summary>
    public static async Task CallAsync(IServiceProvider services, Type port, string name)
    {
        var method = port.GetMethods().Single(m => m.ToString() == name);
        object?[] arguments = [.. method.GetParameters().Select(p => Value(p.ParameterType))];
        var result = method.Invoke(services.GetService(port), BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is Task task)
        {
            await task;
            return;
        }

        var first = typeof(PortCalls).GetMethod(nameof(FirstAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        await (Task)first.MakeGenericMethod(method.ReturnType.GenericTypeArguments[0]).Invoke(null, [result])!;
    }

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (var _ in stream)
        {
            return;
        }
    }

    private static object? Value(Type type) => Value(type, Sample.Shop, "anna");

    private static object? Value(Type type, StoreId store, string customer) =>
        type == typeof(string) ? "x"
        : type == typeof(StoreId) ? store
        : type == typeof(CustomerId) ? CustomerId.OfUser(store, customer)
        : type == typeof(CustomerCommit) ? Sample.Commit("anna", 0, "m0")
        : type == typeof(HeldEvent) ? new HeldEvent(Sample.Customer("anna"), Sample.Refund("m0", "o1"))
        : type == typeof(ContestedCompletion) ? new ContestedCompletion(Sample.Customer("anna"), Sample.Completion("m0", "o1"))
        : type == typeof(DeadLetter) ? Sample.Letter("m0")
        : type == typeof(DeadLetterQuery) ? new DeadLetterQuery(Code: "x")
        : type == typeof(CustomerRowQuery) ? new CustomerRowQuery(store, null, 0, 10, CustomerRowSort.Predicted, 10, null)
        : type == typeof(CustomerRow) ? Sample.Row(Sample.Customer("anna"), 1)
        : type == typeof(CustomerTurn) ? new CustomerTurn(Sample.Customer("anna"), 1, new DateOnly(2026, 1, 1))
        : type == typeof(SegmentId) ? new SegmentId("a")
        : type == typeof(SegmentDefinition) ? new SegmentDefinition { Id = new SegmentId("a"), Rule = "true" }
        : type == typeof(TransitionQuery) ? new TransitionQuery(store, 1)
        : type == typeof(ModelVersion) ? PriorModel.Version with { Id = "m-1" }
        : type == typeof(TrainingRecord) ? Sample.Training(1)
        : type == typeof(JobRecord) ? Sample.Job(JobKind.Drift, 1)
        : type == typeof(Delivery) ? Sample.Delivery("d0", "anna")
        : type == typeof(DeliveryId) ? DeliveryId.Of("d0")
        : type == typeof(DeliveryQuery) ? new DeliveryQuery(store)
        : type == typeof(Subscription) ? Sample.Subscription("crm")
        : type == typeof(AudienceMark) ? new AudienceMark("ads", Sample.Customer("anna"), 1)
        : type == typeof(AudienceMember) ? new AudienceMember(new AudienceMark("ads", Sample.Customer("anna"), 1), true)
        : type == typeof(ValueTuple<AudienceNews, Delivery>)
            ? (new AudienceNews("ads", Sample.Customer("anna"), true, 1), Sample.Delivery("d0", "anna"))
        : type == typeof(SourceCount) ? Sample.Count("web", 1)
        : type == typeof(StoreStamp) ? new StoreStamp(Sample.Shop, "EUR", "UTC", 3_000, 365, .1)
        : type == typeof(StoreRecord) ? Sample.Store(Sample.Shop)
        : type == typeof(ExperimentId) ? new ExperimentId("mail")
        : type == typeof(PolicyId) ? new PolicyId("win-back")
        : type == typeof(ExperimentRecord) ? Sample.Experiment("mail")
        : type == typeof(PolicyEffectReading) ? Sample.Effect("win-back")
        : type == typeof(Exposure) ? Sample.Exposure("mail", "anna")
        : type == typeof(ExposedUnit) ? new ExposedUnit(Sample.Exposure("mail", "anna"), Sample.Outcome(Sample.Exposure("mail", "anna"), 1))
        : type == typeof(PolicyRecord) ? SamplePolicies.Record()
        : type == typeof(PolicyTerms) ? PolicyTerms.Default
        : type == typeof(DecisionId) ? SamplePolicies.Decision("anna", 1).Id
        : type == typeof(DecisionBatch) ? SamplePolicies.Batch(1, "anna", SamplePolicies.Decision("anna", 1))
        : type == typeof(DecisionQuery) ? new DecisionQuery(store, 10)
        : type == typeof(AcquisitionCost) ? new AcquisitionCost("x", "x", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2), new Money(1))
        : type == typeof(StockStatement) ? new StockStatement("x", Sample.Time, 1)
        : type == typeof(PredictedTotal) ? Sample.Total
        : type == typeof(AuditEntry) ? Sample.Audit("k0")
        : type == typeof(AuditQuery) ? new AuditQuery(Sample.Shop)
        : type == typeof(Credential) ? Sample.Key("k0")
        : type == typeof(ErasureLedger) ? new ErasureLedger(
            Convert.ToBase64String(new byte[ErasureKey.Length]), new Dictionary<string, IReadOnlyList<Erasure>>())
        : type == typeof(Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool>)
            ? new Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool>((_, _) => true)
        : type == typeof(ErasedName) ? ErasedName.OfOrder("o1")
        : type == typeof(PrivacyRequest) ? Sample.Request("p0")
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)
            ? Collection(type.GenericTypeArguments[0], store, customer)
        : type.IsValueType ? Activator.CreateInstance(type)
        : RuntimeHelpers.GetUninitializedObject(type);

    private static Array Collection(Type item, StoreId store, string customer)
    {
        var values = Array.CreateInstance(item, 1);
        values.SetValue(Value(item, store, customer), 0);
        return values;
    }
}
