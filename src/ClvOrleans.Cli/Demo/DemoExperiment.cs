using System.Net;
using System.Text.Json;

namespace ClvOrleans.Cli.Demo;

/// <summary>
/// The demo's experiment: half of the customers are offered a gift box, and each of their orders has one. So its true effect is known.
/// </summary>
internal static class DemoExperiment
{
    public const string Id = "gift-box";
    public const string Arm = "gift-box";

    /// <summary>What the box costs them.</summary>
    public const decimal Price = 25;

    /// <summary>Defines and starts it, where it is not there yet. False where so small a store cannot find any effect.</summary>
    public static async Task<bool> StartAsync(HttpClient http, CancellationToken cancellation)
    {
        using var known = await http.GetAsync($"api/v1/experiments/{Id}", cancellation);
        if (known.StatusCode == HttpStatusCode.OK)
        {
            return true;
        }

        // The least effect that the planned days can show is what is asked for.
        using var looked = await http.PostAsJsonAsync("api/v1/experiments?preview=true", Of((double)Price), cancellation);
        if (!looked.IsSuccessStatusCode
            || (await looked.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("forecast").GetProperty("detectableEffect")
                is not { ValueKind: JsonValueKind.Number } least)
        {
            return false;
        }

        using var defined = await http.PostAsJsonAsync("api/v1/experiments", Of(Math.Ceiling(least.GetDouble() * 1.05)), cancellation);
        if (!defined.IsSuccessStatusCode)
        {
            return false;
        }

        using var started = await http.PostAsync($"api/v1/experiments/{Id}/start", null, cancellation);
        return started.IsSuccessStatusCode;
    }

    private static object Of(double leastEffect) => new
    {
        id = Id,
        hypothesis = "Who is offered a gift box adds it to their order.",
        arms = new object[] { new { arm = "as-it-was", share = .5 }, new { arm = Arm, share = .5 } },
        unit = "Customer",
        primary = "Spend",
        leastEffect,
        maturityDays = 1,
        plannedDays = 28,
    };
}
