using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClvOrleans.Policies.ReadyMade;

namespace ClvOrleans.Cli.Demo;

/// <summary>
/// The demo's own segments and policies: the ready-made ones, of which some act and some only look on. What would be an e-mail is put into
/// a slot, which the shop shows: nothing leaves the machine.
/// </summary>
internal static class DemoPolicies
{
    private static readonly (string Name, string Rule, string Description)[] Segments =
    [
        ("drifting-away", "revenueAtRisk > 30 and pAlive < 0.4 and pAlive >= 0.1 and orders >= 2", "Valuable, and about to leave"),
        ("regulars", "ordersWithin('180d') >= 3 and pAlive > 0.8", "They keep coming"),
        ("this-week", "ordersWithin('7d') >= 1", "Ordered within a week"),
    ];

    private static readonly HashSet<string> OnlyLookOn = new(StringComparer.Ordinal) { "price-sensitive", "sunset-the-lost" };

    /// <summary>Defines what is not there yet; how many policies are live, and how many look on.</summary>
    public static async Task<(int Live, int Shadow)> PutAsync(HttpClient http, CancellationToken cancellation)
    {
        foreach (var (name, rule, description) in Segments)
        {
            await CheckAsync(http.PutAsJsonAsync($"api/v1/own-segments/{name}", new { rule, description }, cancellation), cancellation);
        }

        foreach (var (id, definition) in ReadyMadePolicies.All)
        {
            using var known = await http.GetAsync($"api/v1/policies/{id}", cancellation);
            if (known.StatusCode == HttpStatusCode.NotFound)
            {
                var body = new StringContent(WithoutMail(definition));
                await CheckAsync(http.PutAsync($"api/v1/policies/{id}", body, cancellation), cancellation);
                var mode = OnlyLookOn.Contains(id) ? "shadow" : "live";
                await CheckAsync(http.PostAsJsonAsync($"api/v1/policies/{id}/mode", new { mode }, cancellation), cancellation);
            }
        }

        var all = await http.GetFromJsonAsync<JsonElement>("api/v1/policies", cancellation);
        var modes = all.GetProperty("policies").EnumerateArray().ToLookup(p => p.GetProperty("mode").GetString());
        return (modes["Live"].Count(), modes["Shadow"].Count());
    }

    private static string WithoutMail(string definition)
    {
        var root = JsonNode.Parse(definition)!;
        Replace(root);
        return root.ToJsonString();

        static void Replace(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject branch:
                    if (branch["channel"]?.ToString() == "email")
                    {
                        branch["channel"] = "slot";
                    }

                    branch.ToList().ForEach(member => Replace(member.Value));
                    break;
                case JsonArray items:
                    items.ToList().ForEach(Replace);
                    break;
            }
        }
    }

    private static async Task CheckAsync(Task<HttpResponseMessage> sent, CancellationToken cancellation)
    {
        using var reply = await sent;
        if (!reply.IsSuccessStatusCode)
        {
            throw new Commands.CommandException(
                $"{reply.RequestMessage!.RequestUri} answered {await reply.Content.ReadAsStringAsync(cancellation)}");
        }
    }
}
