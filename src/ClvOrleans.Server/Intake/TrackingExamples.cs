using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ClvOrleans.Server.Intake;

/// <summary>
/// What the API document shows as bodies of the tracking API: they are read from the raw request, so nothing else could tell.
/// </summary>
internal static class TrackingExamples
{
    private const string Order =
        """
        {"type":"track","event":"Order Completed","userId":"anna","messageId":"order:1001","timestamp":"2026-02-03T04:05:06.789Z",
         "properties":{"order_id":"1001","revenue":22.5,"currency":"USD","products":[{"product_id":"p-100","price":12.5,"quantity":2}]}}
        """;

    public static Task AddBatch(OpenApiOperation operation) =>
        AddBody(operation, new JsonObject { ["writeKey"] = "wk_local", ["batch"] = new JsonArray(JsonNode.Parse(Order)) });

    public static Task AddEvent(OpenApiOperation operation, string type) => AddBody(operation, type switch
    {
        "track" => JsonNode.Parse(Order)!,
        "identify" => new JsonObject
        {
            ["userId"] = "anna",
            ["anonymousId"] = "a1b2",
            ["traits"] = new JsonObject { ["email"] = "anna@example.com" },
        },
        "alias" => new JsonObject { ["userId"] = "anna", ["previousId"] = "a1b2" },
        "group" => new JsonObject { ["userId"] = "anna", ["groupId"] = "wholesale" },
        _ => new JsonObject
        {
            ["anonymousId"] = "a1b2",
            ["name"] = "Home",
            ["properties"] = new JsonObject { ["path"] = "/", ["duration"] = 12.5 },
        },
    });

    private static Task AddBody(OpenApiOperation operation, JsonNode example)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object }, Example = example },
            },
        };
        return Task.CompletedTask;
    }
}
