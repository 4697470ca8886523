using System.Reflection;
using System.Text;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Stores;
using Microsoft.AspNetCore.Routing;
using Orleans;
using Orleans.Serialization;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>One store never reads another's anything. Endpoints and grains are found, so that a new one is tried, too.</summary>
public sealed class IsolationTests(TwoStores stores) : IClassFixture<TwoStores>
{
    // What is named in an address or a query, as the other store has it.
    private static readonly (string Part, string Id)[] Ids =
    [
        ("own-segments", "segment"), ("policies", "policy"), ("subscriptions", "crm"), ("market", "sale"), ("lists", "list"),
        ("customers", "anna"), ("audiences", "topic"), ("experiments", "experiment"), ("models", "model"), ("decisions", "decision"),
    ];

    private static readonly Dictionary<string, string> Queries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["customer"] = "c:zebra-anna",
        ["policy"] = "zebra-policy",
        ["segment"] = "zebra-segment",
        ["product"] = "zebra-hat",
        ["source"] = "zebra-web",
        ["subscription"] = "zebra-crm",
        ["topic"] = "zebra-topic",
        ["id"] = "zebra-ads",
    };

    [Fact]
    public async Task No_endpoint_answers_with_anything_of_another_store_or_changes_it()
    {
        string[] addresses =
        [
            "market", "stock", "acquisition/costs", "lists", "subscriptions", "dead-letters", "customers/zebra-anna/consents",
            "policies/terms",
        ];
        var before = await Task.WhenAll(addresses.Select(a => stores.SendAsync(TwoStores.Theirs, HttpMethod.Get, $"api/v1/{a}")));
        Assert.All(before, b => Assert.True(b.Status == 200, b.Body));

        var told = TwoStores.ToldBy("heron", "1").ToDictionary(t => (t.Method, t.Path.Replace("heron", "zebra", StringComparison.Ordinal)));
        var tried = 0;
        foreach (var (method, path) in Endpoints())
        {
            foreach (var address in method == HttpMethod.Get || method == HttpMethod.Delete ? Addresses(path) : [path])
            {
                tried++;
                var body = method == HttpMethod.Get || method == HttpMethod.Delete ? null
                    : told.TryGetValue((method, path), out var known) ? known.Body.Replace("WORD", "heron", StringComparison.Ordinal)
                    : "{}";
                var (status, answer) = await stores.SendAsync(TwoStores.Ours, method, address, body);
                Assert.True(status < 500, $"{method} {address}: {answer}");
                Assert.DoesNotContain(TwoStores.Amount, Said(answer), StringComparison.Ordinal);
                if (!address.Contains(TwoStores.Word, StringComparison.Ordinal))
                {
                    Assert.DoesNotContain(TwoStores.Word, answer, StringComparison.Ordinal);
                    continue;
                }

                // Word for word what is said of an id that nobody has.
                var (statusOfUnknown, answerOfUnknown) = await stores.SendAsync(TwoStores.Ours, method, Unknown(address), body);
                Assert.True(status == statusOfUnknown, $"{method} {address}: {status} {answer}, but {statusOfUnknown} of what nobody has");
                if (status >= 400)
                {
                    Assert.Equal(Said(answerOfUnknown), Said(Unknown(answer)));
                }
            }
        }

        Assert.InRange(tried, 400, 2_000);
        for (var i = 0; i < addresses.Length; i++)
        {
            var (status, after) = await stores.SendAsync(TwoStores.Theirs, HttpMethod.Get, $"api/v1/{addresses[i]}");
            Assert.Equal((addresses[i], 200, before[i].Body), (addresses[i], status, after));
        }

        var (_, value) = await stores.SendAsync(TwoStores.Theirs, HttpMethod.Get, "api/v1/customers/zebra-anna/clv");
        Assert.Equal(91_234.56m, JsonElement.Parse(value).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task No_grain_of_a_store_answers_with_anything_of_another()
    {
        var theirs = await WordsAsync(TwoStores.Theirs);
        Assert.Contains("GetCustomer.ViewAsync", theirs);
        Assert.Contains("GetMarket.ReadAsync", theirs);
        Assert.Empty(await WordsAsync(TwoStores.Ours));
    }

    [Fact]
    public void A_store_is_asked_for_by_its_header_and_a_key_of_another_learns_nothing()
    {
        var directory = stores.Get<StoreDirectory>();
        Assert.Equal(TwoStores.Ours, StoreOfRequest.Find(Request("outlet"), directory).Id);
        Assert.Equal(TwoStores.Ours, StoreOfRequest.Find(Request(null, TwoStores.Ours), directory).Id);
        Assert.Equal((400, "missing_store"), Refused(() => StoreOfRequest.Find(Request(null), directory)));
        Assert.Equal((404, "unknown_store"), Refused(() => StoreOfRequest.Find(Request("nowhere"), directory)));
        Assert.Equal((404, "unknown_store"), Refused(() => StoreOfRequest.Find(Request("No such/name"), directory)));

        var middleware = new StoreOfRequest(_ => Task.CompletedTask);
        foreach (var other in (string[])["shop", "nowhere"])
        {
            Assert.Equal((403, "other_store"), Refused(() => middleware.InvokeAsync(
                Request(other, TwoStores.Ours), new StoreScope(stores.Get<StoreScopes>(), directory))));
        }
    }

    private static Microsoft.AspNetCore.Http.DefaultHttpContext Request(string? header, StoreId? bound = null)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        if (header is not null)
        {
            context.Request.Headers[StoreOfRequest.Header] = header;
        }

        if (bound is { } store)
        {
            context.Features.Set(new BoundStore(store));
        }

        return context;
    }

    private static (int, string) Refused(Func<object> ask)
    {
        var refused = Assert.Throws<StoreException>(ask);
        return (refused.Status, refused.Code);
    }

    // Of stores, and of who asked for what, KeyApiTests says that a key sees its own only.
    private IEnumerable<(HttpMethod Method, string Path)> Endpoints() =>
        from endpoint in ((IEndpointRouteBuilder)stores.Service).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
        let path = endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.StartsWith("api/v1/", StringComparison.Ordinal) && !path.StartsWith("api/v1/stores", StringComparison.Ordinal)
            && path != "api/v1/audit"
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        let id = Ids.FirstOrDefault(i => path.StartsWith($"api/v1/{i.Part}", StringComparison.Ordinal)).Id ?? "anything"
        orderby method == "GET" descending
        select (new HttpMethod(method), string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(
            p => !p.StartsWith('{') ? p : p.Contains(":long", StringComparison.Ordinal) ? "1" : $"zebra-{id}")));

    // As it is, and with each query that could name something of the other store.
    private static IEnumerable<string> Addresses(string path) =>
        Queries.Select(q => $"{path}?{q.Key}={Uri.EscapeDataString(q.Value)}").Prepend(path);

    // Without what tells requests apart.
    private static string Said(string answer) => System.Text.RegularExpressions.Regex.Replace(answer, "\"traceId\":\"[^\"]*\"", "");

    private static string Unknown(string text) => text.Replace(TwoStores.Word, "okapi", StringComparison.Ordinal);

    // The calls of grains that answer with the word of the other store.
    private async Task<List<string>> WordsAsync(StoreId store)
    {
        var (found, grains, serializer) = (new List<string>(), stores.Get<IGrainFactory>(), stores.Get<Serializer>());
        foreach (var get in typeof(GrainKeys).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name.StartsWith("Get", StringComparison.Ordinal)))
        {
            var isOfShard = get.GetParameters().Any(p => p.ParameterType == typeof(int));
            foreach (var shard in isOfShard ? Enumerable.Range(0, UsualShards.Count) : [0])
            {
                var key = get.GetParameters().Select(p => p.ParameterType == typeof(IGrainFactory) ? grains
                    : p.ParameterType == typeof(StoreId) ? (object)store
                    : p.ParameterType == typeof(CustomerId) ? (object)CustomerId.OfUser(store, "zebra-anna")
                    : p.ParameterType == typeof(int) ? (object)shard
                    : Activator.CreateInstance(p.ParameterType)!).ToArray();
                var grain = get.Invoke(null, key)!;
                foreach (var call in get.ReturnType.GetMethods().Where(IsRead))
                {
                    if (await AnswerAsync(call, grain) is { } answer
                        && Encoding.UTF8.GetString(serializer.SerializeToArray(answer)).Replace("zebra-anna", "", StringComparison.Ordinal)
                            .Contains(TwoStores.Word, StringComparison.Ordinal))
                    {
                        found.Add($"{get.Name}.{call.Name}");
                    }
                }
            }
        }

        return found;
    }

    // All that can be called without knowing more; to be released is the beginning of a merge.
    private static bool IsRead(MethodInfo call) => call.ReturnType.IsGenericType && call.Name != nameof(ICustomerGrain.ReleaseAsync)
        && call.ReturnType.GetGenericTypeDefinition() is var type && (type == typeof(Task<>) || type == typeof(ValueTask<>))
        && call.GetParameters().All(
        p => p.ParameterType == typeof(CancellationToken) || Nullable.GetUnderlyingType(p.ParameterType) is not null);

    private static async Task<object?> AnswerAsync(MethodInfo call, object grain)
    {
        var arguments = call.GetParameters()
            .Select(p => p.ParameterType == typeof(CancellationToken) ? (object)CancellationToken.None : null);
        var task = call.Invoke(grain, [.. arguments])!;
        task = task is Task ? task : task.GetType().GetMethod("AsTask")!.Invoke(task, null)!;
        await ((Task)task).WaitAsync(TimeSpan.FromSeconds(60));
        return task.GetType().GetProperty("Result")!.GetValue(task);
    }
}
