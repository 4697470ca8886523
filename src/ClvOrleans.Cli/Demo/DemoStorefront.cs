using System.Text.Json;
using System.Text.Json.Nodes;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Demo;

/// <summary>
/// The shop that the demo's customers see. It asks which arm of the experiment to show, and shows what policies have put into slots; some
/// customers click it.
/// </summary>
internal sealed class DemoStorefront(HttpClient http)
{
    private readonly Dictionary<string, string> _arms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>What the customer's client sends of an event, after the shop has shown them what there is.</summary>
    public async Task<IReadOnlyList<(string Type, string Json)>> SendsAsync(SimulatedEvent e, CancellationToken cancellation)
    {
        // Returns and cancellations come from the shop's server: nobody is there who sees anything.
        if (e.UserId is not { } customer || e.AnonymousId is null)
        {
            return [(e.Type, e.ToJson())];
        }

        try
        {
            var clicks = e.Type == "page" ? await ClicksAsync(customer, cancellation) : [];
            var isTreated = e.Name == "Order Completed" && await ArmAsync(customer, cancellation) == DemoExperiment.Arm;
            return [(e.Type, isTreated ? WithGiftBox(e) : e.ToJson()), .. clicks.Select(c => ("track", c))];
        }
        catch (HttpRequestException)
        {
            return [(e.Type, e.ToJson())]; // A shop goes on without what it cannot ask for.
        }
    }

    // A customer who comes is shown their arm, and counts from then on.
    private async Task<string> ArmAsync(string customer, CancellationToken cancellation)
    {
        if (!_arms.TryGetValue(customer, out var arm))
        {
            using var reply = await http.PostAsJsonAsync(
                $"api/v1/experiments/{DemoExperiment.Id}/assignment", new { customer }, cancellation);
            arm = reply.IsSuccessStatusCode
                ? (await reply.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("arm").GetString()!
                : "";
            _arms.Add(customer, arm);
        }

        return arm;
    }

    private async Task<List<string>> ClicksAsync(string customer, CancellationToken cancellation)
    {
        await ArmAsync(customer, cancellation);
        var clicks = new List<string>();
        using var reply = await http.GetAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}/slots", cancellation);
        if (!reply.IsSuccessStatusCode)
        {
            return clicks;
        }

        foreach (var slot in (await reply.Content.ReadFromJsonAsync<JsonElement>(cancellation)).EnumerateArray())
        {
            // Its id is a hash: one in four is clicked.
            var delivery = slot.GetProperty("delivery").GetString()!;
            if (_seen.Add(delivery) && delivery[^1] is '0' or '4' or '8' or 'c')
            {
                clicks.Add(new JsonObject
                {
                    ["userId"] = customer,
                    ["event"] = "Message Clicked",
                    ["messageId"] = $"click-{delivery}",
                    ["properties"] = new JsonObject { ["channel"] = "slot", ["delivery_id"] = delivery },
                }.ToJsonString());
            }
        }

        return clicks;
    }

    private static string WithGiftBox(SimulatedEvent e)
    {
        var json = JsonNode.Parse(e.ToJson())!;
        var order = json["properties"]!;
        order["revenue"] = order["revenue"]!.GetValue<decimal>() + DemoExperiment.Price;
        order["total"] = order["total"]!.GetValue<decimal>() + DemoExperiment.Price;
        order["products"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["product_id"] = "gift-box",
            ["name"] = "Gift box",
            ["category"] = "Gifts",
            ["price"] = DemoExperiment.Price,
            ["quantity"] = 1,
        });
        return json.ToJsonString();
    }
}
