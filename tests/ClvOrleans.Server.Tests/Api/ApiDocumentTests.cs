using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ApiDocumentTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private static readonly string[] Tags =
    [
        "Customers", "Segments", "Models", "Jobs", "Market", "Stock", "Reports", "Demand", "Rules", "Sources", "Own segments", "Lists",
        "Policies", "Stores", "Decisions", "Deliveries", "Experiments", "Keys", "Privacy",
    ];

    [Fact]
    public async Task Every_operation_says_what_it_is_what_it_takes_and_what_it_answers()
    {
        var document = await fixture.GetAsync("openapi/v1.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = Operations(document).ToArray();
        Assert.Equal(110, operations.Length);
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            if (operation.TryGetProperty("parameters", out var parameters))
            {
                Assert.All(
                    parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query"),
                    p => Assert.NotEmpty(p.GetProperty("description").GetString()!));
            }

            var responses = operation.GetProperty("responses");
            var answer = responses.TryGetProperty("202", out var accepted)
                ? accepted
                : responses.TryGetProperty("200", out var ok) ? ok : default;
            Assert.True(responses.TryGetProperty("204", out _)
                || Properties(document, answer.GetProperty("content").GetProperty("application/json").GetProperty("schema")).Any());
            Assert.True(responses.GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out var problem));
            Assert.Contains("code", Properties(document, problem.GetProperty("schema")).Select(p => p.Name));
        });
    }

    [Fact]
    public async Task Every_field_of_every_answer_is_described()
    {
        var document = await fixture.GetAsync("openapi/v1.json");
        var undescribed = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in Operations(document).Select(o => o.GetProperty("responses")).Where(r => r.TryGetProperty("200", out _)))
        {
            Describe(operation.GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema"), "");
        }

        Assert.Empty(undescribed);

        void Describe(JsonElement schema, string path)
        {
            if (schema.TryGetProperty("$ref", out var reference) && !seen.Add(reference.GetString()!))
            {
                return;
            }

            foreach (var property in Properties(document, schema))
            {
                var name = $"{path}.{property.Name}";
                // An object that may be null is described by its type.
                if (!property.Value.TryGetProperty("description", out _) && !property.Value.TryGetProperty("oneOf", out _))
                {
                    undescribed.Add(name);
                }

                Describe(property.Value, name);
            }
        }
    }

    [Fact]
    public async Task Addresses_and_methods_that_are_not_there_are_problems_too()
    {
        await fixture.RefusedAsync(404, "unknown_address", "api/customer/1");
        await fixture.RefusedAsync(405, "wrong_method", "api/v1/segments", HttpMethod.Delete);
        await fixture.RefusedAsync(400, "unknown_parameter", "api/v1/segments?horizon=90d");
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) => document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject()).Select(o => o.Value)
        .Where(o => Tags.Contains(o.GetProperty("tags")[0].GetString()));

    // Through references, arrays and alternatives.
    private static IEnumerable<JsonProperty> Properties(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return Properties(document, items);
        }

        var own = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().AsEnumerable() : [];
        return schema.TryGetProperty("oneOf", out var alternatives)
            ? own.Concat(alternatives.EnumerateArray().SelectMany(a => Properties(document, a)))
            : own;
    }
}
